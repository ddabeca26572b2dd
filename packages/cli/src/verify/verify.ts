import { FrameworkError } from '@mcpplugins/framework-core';
import { type CheckStatus, type Verification, verifyPluginServer } from '@mcpplugins/testing';
import type { CliErrorCode } from '../errors/error-codes.js';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { type Style, styleFor } from '../output/style.js';
import { printable, writeJson } from '../output/write.js';
import type { Terminal } from '../terminal.js';

/** What `verify` takes. */
export interface VerifyOptions {
  /** An address, or the words of a command. */
  readonly target: readonly string[];
  readonly plugins: readonly string[] | undefined;
  readonly json: boolean;
}

/** Checks a plugin server and prints what holds. @throws FrameworkError `INPUT_INVALID`, `PEER_START_FAILED` */
export async function verify(
  { target, plugins, json }: VerifyOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const verification = await verifyPluginServer({
    mcp: toMcp(target),
    plugins,
    directory: terminal.cwd,
    env: terminal.env,
  });
  if (json) writeJson(terminal.stdout, verification);
  else terminal.stdout.write(format(verification, styleFor(terminal.stdout, terminal.env)));
  return verification.ok ? exitCodes.ok : exitCodes.failure;
}

function toMcp(target: readonly string[]): Readonly<Record<string, unknown>> {
  const [first] = target;
  if (first === undefined) {
    throw new FrameworkError<CliErrorCode>(
      'INPUT_INVALID',
      'nothing to verify: give the address of a plugin server, or -- and the command that starts it',
    );
  }
  const proto = protocolOf(first);
  return proto === undefined ? { proto: 'STDIO', cmd: target } : { proto, url: first };
}

/** How an address is spoken to; undefined: it is none, but a command. */
function protocolOf(target: string): string | undefined {
  if (/^wss?:\/\//.test(target)) return 'WEBSOCKET';
  if (!/^https?:\/\//.test(target)) return undefined;
  // What servers of the older transport call their stream.
  return /\/sse\/?$/.test(target) ? 'SSE' : 'STREAMABLEHTTP';
}

function format({ ok, dialect, plugins, checks }: Verification, style: Style): string {
  const marks: Readonly<Record<CheckStatus, string>> = {
    holds: style.green('ok'),
    warning: style.yellow('warning'),
    fails: style.red('FAILED'),
  };
  const lines = checks.flatMap(({ title, status, explanation }) => [
    `${marks[status]}  ${title}`,
    ...(explanation === undefined ? [] : [`    ${printable(explanation).replaceAll(/\s*\n\s*/g, ' ')}`]),
  ]);
  const failed = checks.filter(({ status }) => status === 'fails').length;
  const warned = checks.filter(({ status }) => status === 'warning').length;
  const who = `${plugins.join(', ') || 'no plugin'}; dialect: ${dialect ?? 'none'}`;
  const sum = `${checks.length} checks, ${failed} failed, ${warned} ${warned === 1 ? 'warning' : 'warnings'}`;
  return [...lines, '', `${ok ? style.green(sum) : style.red(sum)} (${who})`, ''].join('\n');
}
