import type { OutputStream } from '../terminal.js';

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

type StyleName = keyof typeof codes;

/** One function a style; each returns its text unchanged where colour is not wanted. */
export type Style = Readonly<Record<StyleName, (text: string) => string>>;

const plain: Style = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same };

const coloured: Style = {
  bold: wrap('bold'),
  dim: wrap('dim'),
  red: wrap('red'),
  green: wrap('green'),
  yellow: wrap('yellow'),
  cyan: wrap('cyan'),
};

/** Styles for a stream: colour on a terminal that shows it, or where `FORCE_COLOR` asks for it; never with `NO_COLOR`. */
export function styleFor(stream: OutputStream, env: Readonly<Record<string, string | undefined>>): Style {
  return wantsColour(stream, env) ? coloured : plain;
}

/**
 * Whether to write colour to a stream.
 * @see https://no-color.org and https://force-color.org
 */
export function wantsColour(
  stream: OutputStream,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (isSet(env['NO_COLOR'])) return false;
  if (isSet(env['FORCE_COLOR'])) return env['FORCE_COLOR'] !== '0';
  return stream.isTTY === true && (stream.hasColors?.(env) ?? true);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

function wrap(name: StyleName): (text: string) => string {
  const end = name === 'bold' || name === 'dim' ? 22 : 39;
  return (text) => `\u001b[${codes[name]}m${text}\u001b[${end}m`;
}

function same(text: string): string {
  return text;
}
