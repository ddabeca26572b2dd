import type { OpenServer } from '@mcpplugins/external-client';

/** How a check of a plugin server came out. `warning`: hosts get by, but not all of them, or not well. */
export type CheckStatus = 'holds' | 'fails' | 'warning';

/** What one check found. */
export interface CheckResult {
  /** Short and stable, e.g. `config.lists`. */
  readonly id: string;
  /** What a plugin server must do, as a fact. */
  readonly title: string;
  readonly status: CheckStatus;
  /** Where it does not hold: what was seen, and what to do. */
  readonly explanation: string | undefined;
}

/** What checks know of the server. */
export interface Subject {
  readonly server: OpenServer;
  /** Milliseconds that one answer may take. */
  readonly timeoutMs: number;
}

/** What a check found wrong; undefined when it holds. */
export type Finding =
  { readonly status: Exclude<CheckStatus, 'holds'>; readonly explanation: string } | undefined;

/** It does not hold. */
export function fails(explanation: string): Finding {
  return { status: 'fails', explanation };
}

/** It holds for some hosts only. */
export function warns(explanation: string): Finding {
  return { status: 'warning', explanation };
}

/** One check to make. */
export interface Check {
  readonly id: string;
  readonly title: string;
  readonly run: () => Promise<Finding> | Finding;
}

/** Makes a check; an error in it is a finding. */
export async function runCheck({ id, title, run }: Check): Promise<CheckResult> {
  let finding: Finding;
  try {
    finding = await run();
  } catch (error) {
    finding = fails(error instanceof Error ? error.message : String(error));
  }
  return { id, title, status: finding?.status ?? 'holds', explanation: finding?.explanation };
}
