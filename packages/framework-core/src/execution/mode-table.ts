import type { ErrorAction, PluginMode } from '../config/modes.js';

/** When a step runs: in its turn, together with the others of its kind, or after the outcome. */
type StepTiming = 'in_turn' | 'concurrent' | 'background';

/** What a mode allows and means: one row of the mode table. */
export interface ModeRow {
  readonly mayBlock: boolean;
  readonly mayModify: boolean;
  readonly mayRespond: boolean;
  /** Whether state writes are kept. */
  readonly keepsState: boolean;
  readonly timing: StepTiming;
  /** What an error or timeout does when nothing else says so. */
  readonly onError: ErrorAction;
}

const enforcing = {
  mayBlock: true,
  mayModify: true,
  mayRespond: true,
  keepsState: true,
  timing: 'in_turn',
  onError: 'fail',
} as const satisfies ModeRow;

const changing = { ...enforcing, mayBlock: false, onError: 'ignore' } as const satisfies ModeRow;

const watching = {
  mayBlock: false,
  mayModify: false,
  mayRespond: false,
  keepsState: false,
  timing: 'in_turn',
  onError: 'ignore',
} as const satisfies ModeRow;

/** The mode table of the design (section 5, item 4), with the names of newer ContextForge files. */
export const modeTable: Readonly<Record<Exclude<PluginMode, 'disabled'>, ModeRow>> = {
  enforce: enforcing,
  enforce_ignore_error: { ...enforcing, onError: 'ignore' },
  permissive: changing,
  audit: watching,
  fire_and_forget: { ...watching, timing: 'background' },
  sequential: enforcing,
  transform: { ...changing, onError: 'fail' },
  concurrent: { ...enforcing, mayModify: false, mayRespond: false, timing: 'concurrent' },
};

/**
 * What an error or timeout of a plugin does; the first rule that applies: a background plugin is only recorded; the
 * plugin's own `on_error`; `fail_on_plugin_error`; the mode.
 */
export function errorActionOf(
  row: ModeRow,
  onError: ErrorAction | undefined,
  failOnPluginError: boolean,
): ErrorAction {
  if (row.timing === 'background') return 'ignore';
  if (onError !== undefined) return onError;
  return failOnPluginError ? 'fail' : row.onError;
}
