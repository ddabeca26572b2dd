import { isConfigError } from '@mcpplugins/config-loader';
import { describeError, FrameworkError } from '@mcpplugins/framework-core';
import type { ExitCode } from '../exit-code.js';
import { countFindings, formatFindings } from '../output/diagnostics.js';
import { type Style, styleFor } from '../output/style.js';
import { printable, writeJson } from '../output/write.js';
import type { Terminal } from '../terminal.js';
import { exitCodeOf } from './exit-code-of.js';
import { findAction } from './find-action.js';

/** How to report an error. */
export interface ReportOptions {
  /** One JSON document on stdout instead of text on stderr. */
  readonly json: boolean;
}

/** Reports what a command threw: what failed, on what, and what to do. Answers with the exit code. */
export async function reportError(
  thrown: unknown,
  terminal: Terminal,
  options: ReportOptions,
): Promise<ExitCode> {
  if (options.json) {
    writeJson(terminal.stdout, { ok: false, error: await errorAsJson(thrown) });
  } else {
    terminal.stderr.write(await formatError(thrown, styleFor(terminal.stderr, terminal.env)));
  }
  return exitCodeOf(thrown);
}

/** An error as plain data: `code`, `message`, `action`, `causes`, and `diagnostics` of a configuration. */
async function errorAsJson(thrown: unknown): Promise<Readonly<Record<string, unknown>>> {
  if (!FrameworkError.is(thrown))
    return { code: 'UNEXPECTED', message: messageOf(thrown), causes: causesOf(thrown) };
  const action = await adviceFor(thrown);
  return {
    code: thrown.code,
    message: messageOf(thrown),
    ...(action !== undefined && { action }),
    ...(isConfigError(thrown) ? { diagnostics: thrown.diagnostics } : { causes: causesOf(thrown) }),
  };
}

/** An error as text for a person. */
async function formatError(thrown: unknown, style: Style): Promise<string> {
  if (isConfigError(thrown)) {
    const { diagnostics } = thrown;
    return `${formatFindings(diagnostics, style)}\n${style.red(countFindings(diagnostics))}; nothing was started.\n`;
  }
  const code = FrameworkError.is(thrown) ? thrown.code : undefined;
  const rows = [
    `${style.red('error')}${code === undefined ? '' : ` ${style.dim(code)}`}: ${messageOf(thrown)}`,
  ];
  for (const cause of causesOf(thrown)) rows.push(`  because: ${cause}`);
  const action = FrameworkError.is(thrown) ? await adviceFor(thrown) : undefined;
  if (action !== undefined) rows.push(`  ${style.green(action)}`);
  if (code === undefined && thrown instanceof Error) rows.push(style.dim(printable(thrown.stack ?? '')));
  return `${rows.join('\n')}\n`;
}

/** What to do: about the cause, where that is known better than what came of it. */
async function adviceFor({ code, cause }: FrameworkError): Promise<string | undefined> {
  return (FrameworkError.is(cause) ? await findAction(cause.code) : undefined) ?? (await findAction(code));
}

function messageOf(thrown: unknown): string {
  return printable(FrameworkError.is(thrown) ? thrown.message : describeError(thrown));
}

/** Messages of the chain of causes, without what an outer message already says; at most five. */
function causesOf(thrown: unknown): readonly string[] {
  const causes: string[] = [];
  let said = messageOf(thrown);
  let cause = causeOf(thrown);
  while (cause !== undefined && causes.length < 5) {
    const text = messageOf(cause);
    if (!said.includes(text)) causes.push(text);
    said += text;
    cause = causeOf(cause);
  }
  return causes;
}

function causeOf(thrown: unknown): unknown {
  return thrown instanceof Error ? thrown.cause : undefined;
}
