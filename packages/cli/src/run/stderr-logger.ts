import type { Logger } from '@mcpplugins/framework-core';
import { styleFor } from '../output/style.js';
import { printable } from '../output/write.js';
import type { Terminal } from '../terminal.js';

/** How much `run` says on stderr; each level includes those after it. */
const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** A value of `--log-level`. */
export type LogLevel = (typeof logLevels)[number];

/** Logs one line an entry to stderr: `mcpplugins warn  message key=value`. Stdout belongs to the protocol. */
export function createStderrLogger(terminal: Terminal, level: LogLevel): Logger {
  const style = styleFor(terminal.stderr, terminal.env);
  const colours = { debug: style.dim, info: style.cyan, warn: style.yellow, error: style.red };
  const at = (own: keyof typeof colours) => {
    if (logLevels.indexOf(own) < logLevels.indexOf(level)) return () => {};
    return (message: string, data?: Readonly<Record<string, unknown>>) => {
      const line = `${style.dim('mcpplugins')} ${colours[own](own.padEnd(5))} ${oneLine(message)}${formatData(data)}\n`;
      terminal.stderr.write(line);
    };
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function formatData(data: Readonly<Record<string, unknown>> | undefined): string {
  if (data === undefined) return '';
  return Object.entries(data)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}=${oneLine(typeof value === 'string' ? value : stringify(value))}`)
    .join('');
}

function stringify(value: unknown): string {
  if (value instanceof Error) return value.message;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return '(not printable)';
  }
}

/** A log line stays one line, whatever a plugin or server puts into it. */
function oneLine(text: string): string {
  return printable(text).replaceAll(/\s*\n\s*/g, ' ');
}
