import type { Span } from '../source/source-text.js';
import { codeFrame } from './code-frame.js';
import type { ConfigErrorCode } from './error-codes.js';

/**
 * How much a finding weighs: an `error` rejects the file; a `warning` is something that will fail later (a module that
 * throws); a `notice` is worth knowing.
 */
export type Severity = 'error' | 'warning' | 'notice';

/** One finding about a configuration, at the place that it is about. */
export interface Diagnostic<Code extends string = ConfigErrorCode> {
  readonly severity: Severity;
  readonly code: Code;
  /** Path of the file, as it was given or found. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
  /** Where in the structure, as in `plugins[0].config.words`; empty for the file as a whole. */
  readonly path: string;
  /** What is wrong: what was found and what is allowed. Never has a secret. */
  readonly message: string;
  /** What to do, when there is one clear thing. */
  readonly suggestion?: string;
  /** The line in question with a marker under the place; secrets are masked. Empty for the file as a whole. */
  readonly frame: string;
}

/** A finding before its place is worked out. */
export interface Finding<Code extends string = ConfigErrorCode> {
  /** Default `error`. */
  readonly severity?: Severity;
  readonly code: Code;
  readonly path?: string;
  readonly message: string;
  readonly suggestion?: string | undefined;
}

/** A finding at a place of a text. */
export function diagnosticAt<Code extends string>(span: Span, finding: Finding<Code>): Diagnostic<Code> {
  const { line, column } = span.source.positionOf(span.start);
  return { ...common(finding), file: span.source.file, line, column, frame: codeFrame(span) };
}

/** A finding about a file that has no text to point into. */
export function diagnosticFor<Code extends string>(file: string, finding: Finding<Code>): Diagnostic<Code> {
  return { ...common(finding), file, line: 1, column: 1, frame: '' };
}

function common<Code extends string>({
  severity = 'error',
  code,
  path = '',
  message,
  suggestion,
}: Finding<Code>) {
  return { severity, code, path, message, ...(suggestion !== undefined && { suggestion }) };
}

/** Collects findings, so that one run reports all of them. */
export class DiagnosticList {
  readonly #items: Diagnostic[] = [];
  readonly #seen = new Set<string>();
  readonly #files: string[] = [];

  /** States in which order the findings of files are shown; of others, in the order of their first finding. */
  addFile(file: string): void {
    if (!this.#files.includes(file)) this.#files.push(file);
  }

  add(span: Span, finding: Finding): void {
    this.#push(diagnosticAt(span, finding));
  }

  addForFile(file: string, finding: Finding): void {
    this.#push(diagnosticFor(file, finding));
  }

  get hasErrors(): boolean {
    return this.#items.some(({ severity }) => severity === 'error');
  }

  /** By file, then position; findings at one place in the order in which they were made. */
  sorted(...severities: readonly Severity[]): readonly Diagnostic[] {
    return this.#items
      .filter(({ severity }) => severities.includes(severity))
      .toSorted(
        (left, right) =>
          this.#files.indexOf(left.file) - this.#files.indexOf(right.file) ||
          left.line - right.line ||
          left.column - right.column,
      );
  }

  #push(diagnostic: Diagnostic): void {
    // An anchor that two plugins use would report its one mistake twice.
    const { file, line, column, code, message } = diagnostic;
    const key = JSON.stringify([file, line, column, code, message]);
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.addFile(file);
    this.#items.push(diagnostic);
  }
}
