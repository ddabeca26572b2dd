import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import type { SourceText } from '../source/source-text.js';
import { formatPath } from '../schema/spelling.js';
import type { ReportBuilder } from './migration-report.js';

/** A map of the old file while it is rewritten: reads and changes keys, and knows where they stood. */
export class EditableMap {
  readonly node: YAMLMap<unknown, unknown>;
  readonly path: readonly PropertyKey[];
  readonly report: ReportBuilder;
  readonly #source: SourceText;

  constructor(
    node: YAMLMap<unknown, unknown>,
    path: readonly PropertyKey[],
    source: SourceText,
    report: ReportBuilder,
  ) {
    this.node = node;
    this.path = path;
    this.report = report;
    this.#source = source;
  }

  /** Names of the keys, in their order. */
  keys(): readonly string[] {
    return this.node.items.flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : []));
  }

  /** The plain value of a key that has a scalar; undefined otherwise. */
  scalar(key: string): unknown {
    const value = this.node.get(key, true);
    return isScalar(value) ? value.value : undefined;
  }

  /** The text under a key; undefined when there is none. */
  text(key: string): string | undefined {
    const value = this.scalar(key);
    return typeof value === 'string' ? value : undefined;
  }

  /** Whether the key is there and its value is null. */
  isNull(key: string): boolean {
    const pair = this.#pair(key);
    return pair !== undefined && (pair.value === null || (isScalar(pair.value) && pair.value.value === null));
  }

  list(key: string): YAMLSeq<unknown> | undefined {
    const value = this.node.get(key, true);
    return isSeq(value) ? value : undefined;
  }

  map(key: string): EditableMap | undefined {
    const value = this.node.get(key, true);
    return isMap(value) ? new EditableMap(value, [...this.path, key], this.#source, this.report) : undefined;
  }

  /** The maps of a list. */
  maps(key: string): readonly EditableMap[] {
    return (this.list(key)?.items ?? []).flatMap((item, index) =>
      isMap(item) ? [new EditableMap(item, [...this.path, key, index], this.#source, this.report)] : [],
    );
  }

  set(key: string, value: unknown, message: string): void {
    this.change(key, message);
    this.node.set(key, value);
  }

  remove(key: string, message: string): void {
    this.change(key, message);
    this.node.delete(key);
  }

  change(key: string, message: string): void {
    this.report.change(this.lineOf(key), this.pathOf(key), message);
  }

  manual(key: string, message: string): void {
    this.report.manual(this.lineOf(key), this.pathOf(key), message);
  }

  pathOf(key: string): string {
    return formatPath([...this.path, key]);
  }

  /** Line of a key, or of the map when it is not there. */
  lineOf(key?: string): number {
    const pair = key === undefined ? undefined : this.#pair(key);
    const node = (pair?.key ?? this.node) as Node;
    return this.#source.positionOf(node.range?.[0] ?? 0).line;
  }

  /** Line of the last character of the map. */
  lastLine(): number {
    const end = this.node.range?.[1] ?? 1;
    return this.#source.positionOf(Math.max(0, end - 1)).line;
  }

  #pair(key: string): Pair<unknown, unknown> | undefined {
    return this.node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key);
  }
}
