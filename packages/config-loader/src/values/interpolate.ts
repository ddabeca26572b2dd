import path from 'node:path';
import type { DiagnosticList } from '../errors/diagnostic.js';
import { readTextFile } from '../source/read-text-file.js';
import type { Span } from '../source/source-text.js';

/** Where the values of variables come from. */
export interface VariableSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder that a relative `${file:PATH}` starts from. */
  readonly directory: string;
  /** Takes the absolute path of every file that is read. */
  readonly filesRead: Set<string>;
}

/** A text with its variables filled in. */
export interface Interpolated {
  readonly value: string;
  /** The text as it was, when it had variables. */
  readonly template?: string;
  /** A variable was not found; that is reported. */
  readonly failed?: boolean;
}

/** `$${` is a literal `${`; any other `${` starts a variable, which ends at the next `}`. */
const variable = /\$?\$\{(?:([^}]*)\})?/g;
const named = /^([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/s;

/** Bytes that a secret's file may have. */
const maxSecretBytes = 65_536;

/**
 * Fills in `${NAME}`, `${NAME:-default}` and `${file:PATH}` in one text. One pass: what a variable brings in is never
 * read again, and stays text whatever it looks like.
 */
export function interpolate(
  text: string,
  span: Span,
  sources: VariableSources,
  found: DiagnosticList,
): Interpolated {
  if (!text.includes('${')) return { value: text };
  let failed = false;
  const value = text.replaceAll(variable, (match, body: string | undefined) => {
    if (match.startsWith('$${')) return match.slice(1);
    const resolved = body === undefined ? malformed(match, span, found) : resolve(body, span, sources, found);
    failed ||= resolved === undefined;
    return resolved ?? '';
  });
  return { value, template: text, failed };
}

function resolve(
  body: string,
  span: Span,
  sources: VariableSources,
  found: DiagnosticList,
): string | undefined {
  if (body.startsWith('file:')) return readSecret(body.slice('file:'.length), span, sources, found);
  const parts = named.exec(body);
  if (parts === null) return malformed(`\${${body}}`, span, found);
  const [, name = '', fallback] = parts;
  const value = Object.hasOwn(sources.env, name) ? sources.env[name] : undefined;
  if (fallback !== undefined) return value === undefined || value === '' ? fallback : value;
  if (value !== undefined) return value;
  found.add(span, {
    code: 'VARIABLE_UNSET',
    message: `the environment variable ${name} is not set`,
    suggestion: `Set ${name}, or write \${${name}:-default}.`,
  });
  return undefined;
}

function malformed(match: string, span: Span, found: DiagnosticList): undefined {
  found.add(span, {
    code: 'VARIABLE_INVALID',
    message: `${JSON.stringify(match.slice(0, 60))} is not a variable`,
    suggestion: 'Write ${NAME}, ${NAME:-default} or ${file:PATH}; $${ stands for a literal ${.',
  });
  return undefined;
}

function readSecret(
  file: string,
  span: Span,
  sources: VariableSources,
  found: DiagnosticList,
): string | undefined {
  const absolute = path.resolve(sources.directory, file);
  const isPath = file !== '' && !file.includes('\0');
  if (isPath) sources.filesRead.add(absolute);
  const read = isPath ? readTextFile(absolute, maxSecretBytes) : { message: 'is not a path' };
  // Secret files commonly end in a line break that is not part of the secret.
  if ('text' in read) return read.text.replace(/\r?\n$/, '');
  found.add(span, {
    code: 'VARIABLE_FILE',
    message: `the file ${JSON.stringify(file)} of \${file:…} ${read.message}`,
  });
  return undefined;
}
