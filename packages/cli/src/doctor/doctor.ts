import { isConfigError } from '@mcpplugins/config-loader';
import { FrameworkError } from '@mcpplugins/framework-core';
import { FileTokenStore } from '@mcpplugins/gateway';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { findConfig } from '../guard/find-config.js';
import { gatewayIn, gatewaySections, hostOfGateway, serversIn } from '../gateway/gateway-sections.js';
import type { HostedConfig } from '../guard/load-for-host.js';
import { guardLoadOptions, loadGuard } from '../guard/load-guard.js';
import { tokenFolder } from '../login/token-folder.js';
import { placeDoubts } from './place-doubts.js';
import { hostOfRun, startGuard } from '../guard/start-guard.js';
import type { Finding } from '../output/diagnostics.js';
import { styleFor } from '../output/style.js';
import { writeJson } from '../output/write.js';
import type { Terminal } from '../terminal.js';
import { checkPlugins } from '../validate/check-plugins.js';
import { checkFile } from './check-file.js';
import { checkGateway } from './check-gateway.js';
import { checkServer } from './check-server.js';
import { checkSettings } from './check-settings.js';
import { coverageOf, type OperationCoverage } from './coverage.js';
import type { Doubt } from './doubt.js';
import { formatDoctor } from './format-doctor.js';

/** What `doctor` takes. */
export interface DoctorOptions {
  readonly config?: string | undefined;
  /** Name of the server, for conditions. */
  readonly server?: string | undefined;
  /** The server's command; empty to look at the configuration alone. */
  readonly command: readonly string[];
  /** Warnings count as failures. */
  readonly isStrict: boolean;
  readonly json: boolean;
}

/** What `doctor` found, also its JSON. */
export interface Diagnosis {
  readonly ok: boolean;
  readonly file: string;
  /** Errors first. */
  readonly findings: readonly Finding[];
  /** Who guards which kind of operation; empty when the guard does not start. */
  readonly coverage: readonly OperationCoverage[];
}

/** Says whether a guard is really on: whether it starts, what it covers, and what is likely to be a mistake. */
export async function doctor(options: DoctorOptions, terminal: Terminal): Promise<ExitCode> {
  const file = findConfig(options.config, terminal);
  const { findings, coverage } = await examine(file, options, terminal);
  const all = inOrder(findings);
  const isBad = all.some(
    ({ severity }) => severity === 'error' || (options.isStrict && severity === 'warning'),
  );
  const diagnosis: Diagnosis = { ok: !isBad, file, findings: all, coverage };
  if (options.json) writeJson(terminal.stdout, diagnosis);
  else terminal.stdout.write(formatDoctor(diagnosis, styleFor(terminal.stdout, terminal.env)));
  return isBad ? exitCodes.failure : exitCodes.ok;
}

type Examination = Pick<Diagnosis, 'findings' | 'coverage'>;

async function examine(file: string, options: DoctorOptions, terminal: Terminal): Promise<Examination> {
  let hosted: HostedConfig;
  try {
    hosted = await loadFor(file, options, terminal);
  } catch (error) {
    if (!isConfigError(error)) throw error;
    return { findings: error.diagnostics, coverage: [] };
  }
  const { config } = hosted;
  const failures = await findFailures(hosted);
  if (failures.length > 0)
    return { findings: [...(await placeDoubts(failures, config)), ...config.notices], coverage: [] };
  const doubts = [
    ...checkFile(config, terminal.env),
    ...checkSettings(config),
    ...(options.command.length === 0 ? [] : await checkServer(hosted, options, terminal)),
    ...(isGateway(hosted) ? await checkGateway(hosted, new FileTokenStore(tokenFolder(terminal))) : []),
  ];
  const coverage = await coverageOf(hosted);
  return { findings: [...(await placeDoubts(doubts, config)), ...config.notices], coverage };
}

/** A file with `servers` is for a gateway, unless the command line says of which single server it is. */
async function loadFor(
  file: string,
  { server, command }: DoctorOptions,
  terminal: Terminal,
): Promise<HostedConfig> {
  const load = { ...guardLoadOptions(terminal, {}), sections: gatewaySections };
  const config = await loadGuard(file, terminal, {}, load);
  const isForOne = server !== undefined || command.length > 0 || Object.keys(serversIn(config)).length === 0;
  return { config, host: isForOne ? hostOfRun(server) : hostOfGateway(gatewayIn(config)) };
}

function isGateway({ host }: HostedConfig): boolean {
  return host === 'gateway' || host === 'open_gateway';
}

/** What keeps the guard from starting, and plugins without which it starts. */
async function findFailures({ config, host }: HostedConfig): Promise<readonly Doubt[]> {
  const check = await checkPlugins(config, host);
  await check.manager?.shutdown();
  const failures = [
    ...[...check.errors, ...check.refusedByRun].map((error) => toDoubt(error)),
    ...check.unreachable.map((error) => ({ ...toDoubt(error), code: 'PEER_START_FAILED' })),
  ];
  if (failures.length > 0) return failures;
  try {
    await using started = await startGuard(config, { host });
    return started
      .health()
      .filter(({ status }) => status === 'failed' || status === 'degraded')
      .map(({ plugin, lastError = 'is not ready' }) => {
        return { plugin, severity: 'error', code: 'PLUGIN_INITIALIZE_FAILED', message: lastError };
      });
  } catch (error) {
    if (!FrameworkError.is(error)) throw error;
    return [toDoubt(error)];
  }
}

function toDoubt({ plugin, code, message }: FrameworkError): Doubt {
  return { plugin, severity: 'error', code, message };
}

function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return (['error', 'warning', 'notice'] as const).flatMap((severity) =>
    findings.filter((finding) => finding.severity === severity),
  );
}
