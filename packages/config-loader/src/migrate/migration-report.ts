/** Something that the migration did, or that is left to do, at a line of the old file. */
export interface MigrationNote {
  /** 1-based, in the old file. */
  readonly line: number;
  /** As in `plugins[0].mode`; empty for templates. */
  readonly path: string;
  readonly message: string;
}

/** A plugin that has no counterpart. It stands in the new file as a comment. */
export interface MissingPlugin {
  readonly name: string;
  readonly kind: string;
  /** 1-based, in the old file. */
  readonly line: number;
  /** Whether it was switched on: then what it guarded is unguarded now. */
  readonly wasActive: boolean;
  /** What to use instead. */
  readonly instead: string;
}

/** What a migration changed and what it could not. */
export interface MigrationReport {
  readonly changes: readonly MigrationNote[];
  readonly missing: readonly MissingPlugin[];
  /** What only a person can decide; the new file may not work before. */
  readonly manual: readonly MigrationNote[];
}

/** Collects a report while a file is migrated. */
export class ReportBuilder {
  readonly #changes: MigrationNote[] = [];
  readonly #missing: MissingPlugin[] = [];
  readonly #leftOut: { readonly first: number; readonly last: number }[] = [];
  readonly #manual: MigrationNote[] = [];

  change(line: number, path: string, message: string): void {
    this.#changes.push({ line, path, message });
  }

  manual(line: number, path: string, message: string): void {
    this.#manual.push({ line, path, message });
  }

  /** @param lastLine line of the old file at which the plugin ends */
  missing(plugin: MissingPlugin, lastLine: number): void {
    this.#missing.push(plugin);
    this.#leftOut.push({ first: plugin.line, last: lastLine });
  }

  /** Each list in the order of the old file. */
  build(): MigrationReport {
    const byLine = (left: { readonly line: number }, right: { readonly line: number }) =>
      left.line - right.line;
    return {
      // What is only a comment now needs no variable.
      changes: this.#changes.filter(({ line }) => !this.#isLeftOut(line)).toSorted(byLine),
      missing: this.#missing.toSorted(byLine),
      manual: this.#manual.toSorted(byLine),
    };
  }

  #isLeftOut(line: number): boolean {
    return this.#leftOut.some(({ first, last }) => first <= line && line <= last);
  }
}

/** A report as text. */
export function formatMigration({ changes, missing, manual }: MigrationReport): string {
  const note = ({ line, path, message }: MigrationNote) =>
    `  line ${line}${path === '' ? '' : ` ${path}`}: ${message}`;
  const plugin = ({ name, kind, line, wasActive, instead }: MissingPlugin) =>
    `  line ${line} ${name} (${kind})${wasActive ? '' : ', which was disabled'}: ${instead}`;
  const sections = [
    section('Without a counterpart, kept as comments', missing.map(plugin)),
    section('To be done by hand', manual.map(note)),
    section('Changed', changes.map(note)),
  ];
  const text = sections.filter((one) => one !== '').join('\n\n');
  return text === '' ? 'Nothing had to be changed.' : text;
}

function section(title: string, rows: readonly string[]): string {
  return rows.length === 0 ? '' : `${title} (${rows.length}):\n${rows.join('\n')}`;
}
