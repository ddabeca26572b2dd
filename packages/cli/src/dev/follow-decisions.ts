import { closeSync, openSync, readSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Style } from '../output/style.js';
import { printable } from '../output/write.js';

/** Milliseconds between two looks at the file. */
const intervalMs = 100;

/** What a line of a file of decisions has; see `openDecisionLog`. */
interface DecisionLine {
  readonly hook: string;
  readonly target?: string;
  readonly plugin: string;
  readonly mode: string;
  readonly status: string;
  readonly reason?: string;
  readonly verdict?: string;
  readonly code?: string;
  readonly changed_paths?: readonly string[];
  readonly duration_ms?: number;
}

/** A file of decisions that is followed. */
export interface FollowedDecisions extends Disposable {
  /** Resolves once what was being written when it was called has been given. */
  caughtUp(): Promise<void>;
}

/** Follows a growing file of decisions and gives each as one line of text. The file must exist. */
export function followDecisions(
  file: string,
  style: Style,
  onLine: (line: string) => void,
): FollowedDecisions {
  const descriptor = openSync(file, 'r');
  const buffer = Buffer.alloc(65_536);
  const decoder = new TextDecoder();
  let rest = '';
  const look = () => {
    for (;;) {
      const length = readSync(descriptor, buffer, 0, buffer.length, null);
      if (length === 0) return;
      const lines = (rest + decoder.decode(buffer.subarray(0, length), { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(describeDecision(JSON.parse(line) as DecisionLine, style));
    }
  };
  const timer = setInterval(look, intervalMs);
  return {
    // The guard writes within moments; one look later it is there.
    caughtUp: () => wait(2 * intervalMs),
    [Symbol.dispose]() {
      clearInterval(timer);
      look();
      closeSync(descriptor);
    },
  };
}

/** One decision as a line, without the server, which `dev` has one of: hook, target, plugin, mode, what it did, where, for how long. */
export function describeDecision(decision: DecisionLine, style: Style): string {
  const {
    hook,
    target,
    plugin,
    mode,
    status,
    reason,
    verdict,
    code,
    changed_paths: paths = [],
    duration_ms: ms,
  } = decision;
  const what = [verdict ?? status, code ?? reason].filter((word) => word !== undefined).join(' ');
  const shown =
    verdict === 'block' || status === 'error' || status === 'timeout'
      ? style.red(what)
      : verdict === 'modify' || verdict === 'would_block'
        ? style.yellow(what)
        : style.dim(what);
  const time = ms === undefined ? '' : style.dim(` ${ms.toFixed(2)} ms`);
  const call = target === undefined ? hook : `${hook} ${target}`;
  return (
    printable(`  ${call}  ${plugin} (${mode})  `) +
    shown +
    printable(paths.map((path) => ` ${path}`).join('')) +
    time
  );
}
