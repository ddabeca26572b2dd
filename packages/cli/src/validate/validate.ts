import { isConfigError, type LoadedConfig } from '@mcpplugins/config-loader';
import type { FrameworkError } from '@mcpplugins/framework-core';
import { gatewayHooks, httpGatewayHooks } from '@mcpplugins/gateway/hooks';
import { findAction } from '../errors/find-action.js';
import { type ExitCode, exitCodes } from '../exit-code.js';
import type { LayerOptions } from '../guard/layers.js';
import { guardLoadOptions, loadGuard } from '../guard/load-guard.js';
import { placeProblem, type PluginProblem } from '../guard/place-problem.js';
import { countFindings, type Finding, formatFindings } from '../output/diagnostics.js';
import { styleFor } from '../output/style.js';
import { writeJson } from '../output/write.js';
import type { Terminal } from '../terminal.js';
import { checkPlugins } from './check-plugins.js';
import { describePlugins, type PluginSummary } from './describe-plugins.js';
import { formatPlugins } from './format-plugins.js';

/** What `validate` takes. */
export interface ValidateOptions extends LayerOptions {
  readonly file: string;
  /** The command that is to run it; absent: either. */
  readonly host?: 'run' | 'gateway' | undefined;
  readonly json: boolean;
}

/** What `validate` found, also its JSON. */
interface Validation {
  readonly ok: boolean;
  readonly file: string;
  /** Errors first, then warnings and notices. */
  readonly findings: readonly Finding[];
  /** What runs where, when there are no errors. */
  readonly plugins: readonly PluginSummary[];
}

/** Checks a configuration and prints what is wrong with it, or what it does. */
export async function validate(options: ValidateOptions, terminal: Terminal): Promise<ExitCode> {
  const validation = await findProblems(options, terminal);
  if (options.json) writeJson(terminal.stdout, validation);
  else print(validation, terminal);
  return validation.ok ? exitCodes.ok : exitCodes.usage;
}

async function findProblems(
  { file, host, ...layers }: ValidateOptions,
  terminal: Terminal,
): Promise<Validation> {
  let config: LoadedConfig;
  try {
    config = await loadChecked({ file, host, ...layers }, terminal);
  } catch (error) {
    if (!isConfigError(error)) throw error;
    return { ok: false, file, findings: error.diagnostics, plugins: [] };
  }
  const check = await checkPlugins(config, host === 'gateway' ? host : 'run_with_name');
  const { refusedByRun, unreachable, failed, manager } = check;
  const errors = host === 'run' ? [...check.errors, ...refusedByRun] : check.errors;
  const problems: readonly PluginProblem[] = [
    ...(await Promise.all(errors.map((error) => toProblem(error, 'error')))),
    ...(host === undefined ? refusedByRun : []).map(({ plugin, code, message }) => ({
      plugin,
      code,
      message: `${message}: \`mcpplugins run\` does not start with it`,
      severity: 'warning' as const,
      suggestion:
        code === 'HOOK_NOT_FIRED'
          ? 'Run it with `mcpplugins gateway`, which calls the hook, or remove the hook.'
          : 'Run it with `mcpplugins gateway`, which knows who is asking, or remove the condition.',
    })),
    ...unreachable.map(({ plugin, message }) => ({
      plugin,
      code: 'PEER_START_FAILED',
      message: `${message}; what it offers is not checked`,
      severity: 'warning' as const,
      suggestion:
        'Start the plugin server: the guard does not start while a plugin whose mode may block is missing.',
    })),
    ...failed.map(({ plugin, lastError = 'could not be loaded' }) => ({
      plugin,
      code: 'PLUGIN_LOAD_FAILED',
      message: `${lastError}; the guard starts without it`,
      severity: 'warning' as const,
      suggestion: 'Write `on_error: fail` if it must not.',
    })),
  ];
  const findings = problems.map((problem) => placeProblem(problem, config));
  // What the loader knows only as a module that threw is among the problems, with its reason.
  const notices = config.notices.filter(({ code }) => code !== 'MODULE_FAILED');
  const plugins =
    manager === undefined ? [] : describePlugins(manager, host === 'run' ? gatewayHooks : httpGatewayHooks);
  await manager?.shutdown();
  return { ok: errors.length === 0, file, findings: [...findings, ...notices], plugins };
}

/** What checks the sections of a gateway takes a while to load, so it is loaded for files that have them, or have mistakes. */
async function loadChecked(
  { file, host, ...layers }: Omit<ValidateOptions, 'json'>,
  terminal: Terminal,
): Promise<LoadedConfig> {
  try {
    const config = await loadGuard(file, terminal, layers);
    const isForGateway = config.notices.some(
      ({ code, path }) => code === 'KEY_IGNORED' && (path === 'servers' || path === 'gateway'),
    );
    if (host === 'run' || !isForGateway) return config;
  } catch (error) {
    if (host === 'run' || !isConfigError(error)) throw error;
  }
  const { gatewaySections } = await import('../gateway/gateway-sections.js');
  const load = { ...guardLoadOptions(terminal, layers), sections: gatewaySections };
  return loadGuard(file, terminal, layers, load);
}

async function toProblem(
  { plugin, code, message }: FrameworkError,
  severity: PluginProblem['severity'],
): Promise<PluginProblem> {
  return { plugin, code, message, severity, suggestion: await findAction(code) };
}

function print(validation: Validation, terminal: Terminal): void {
  const { ok, file, findings, plugins } = validation;
  // Problems are the answer to the question that was asked, so they go where the answer goes.
  const style = styleFor(terminal.stdout, terminal.env);
  if (findings.length > 0) terminal.stdout.write(`${formatFindings(findings, style)}\n`);
  if (!ok) {
    terminal.stdout.write(`${style.red(`${countFindings(findings)} in ${file}`)}\n`);
    return;
  }
  const rest = findings.length === 0 ? '' : ` (${countFindings(findings)})`;
  terminal.stdout.write(`${style.green(`${file} is valid`)}${rest}\n\n${formatPlugins(plugins, style)}`);
}
