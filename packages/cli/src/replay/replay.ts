import { FrameworkError } from '@mcpplugins/framework-core';
import type { CliErrorCode } from '../errors/error-codes.js';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { findConfig } from '../guard/find-config.js';
import type { LayerOptions } from '../guard/layers.js';
import { loadGuard } from '../guard/load-guard.js';
import { startGuard } from '../guard/start-guard.js';
import { styleFor } from '../output/style.js';
import { writeJson } from '../output/write.js';
import type { CallVerdict } from '../record/recording.js';
import type { Terminal } from '../terminal.js';
import { compareVerdicts, type Difference } from './compare-verdicts.js';
import { formatReplay } from './format-replay.js';
import { readRecording, type Recording } from './read-recording.js';
import { replayCalls } from './replay-calls.js';

/** What `replay` takes. */
export interface ReplayOptions extends LayerOptions {
  readonly recording: string;
  readonly config?: string | undefined;
  /** Configuration to compare with; absent: what was decided when it was recorded. */
  readonly against?: string | undefined;
  /** Plugins behind plugin servers are called, too. */
  readonly withExternal: boolean;
  readonly json: boolean;
}

/** What `replay` found, also its JSON. */
export interface Replay {
  readonly ok: boolean;
  readonly recording: string;
  readonly config: string;
  /** `recorded`, or the configuration that it is compared with. */
  readonly against: string;
  readonly requests: number;
  readonly calls: number;
  readonly differences: readonly Difference[];
}

/** Runs the plugins of a configuration on a recorded session and prints what comes out differently. */
export async function replay(options: ReplayOptions, terminal: Terminal): Promise<ExitCode> {
  const recording = readRecording(options.recording, terminal);
  const config = findConfig(options.config, terminal);
  const { against } = options;
  const before =
    against === undefined
      ? new Map(recording.calls.map(({ call, outcome }) => [call, outcome]))
      : await replayWith(against, {}, recording, options, terminal);
  const after = await replayWith(config, options, recording, options, terminal);
  const differences = compareVerdicts(recording.calls, before, after);
  const found: Replay = {
    ok: differences.length === 0,
    recording: options.recording,
    config,
    against: against ?? 'recorded',
    requests: new Set(recording.calls.map(({ request }) => request)).size,
    calls: recording.calls.length,
    differences,
  };
  if (options.json) writeJson(terminal.stdout, found);
  else terminal.stdout.write(formatReplay(found, styleFor(terminal.stdout, terminal.env)));
  return found.ok ? exitCodes.ok : exitCodes.failure;
}

async function replayWith(
  file: string,
  layers: LayerOptions,
  { calls }: Recording,
  { withExternal }: ReplayOptions,
  terminal: Terminal,
): Promise<ReadonlyMap<number, CallVerdict>> {
  const config = await loadGuard(file, terminal, layers);
  const external = config.plugins
    .filter((plugin) => plugin.config.kind === 'external' && plugin.config.mode !== 'disabled')
    .map((plugin) => plugin.config.name);
  if (external.length > 0 && !withExternal) {
    throw new FrameworkError<CliErrorCode>(
      'REPLAY_WOULD_SEND',
      `${file} has plugins behind plugin servers, to which the recorded payloads would be sent: ${external.join(', ')}`,
    );
  }
  await using manager = await startGuard(config, { host: 'any' });
  return await replayCalls(manager, calls);
}
