import { FrameworkError } from '@mcpplugins/framework-core';
import { MovingPlace, type ContentRole } from './content-place.js';
import type { ContentShape, ContentShapeChoice } from './content-shape.js';
import type { ContentVisitor, ContentWalkOptions } from './content-visitor.js';
import { rewriteJsonText } from './json-text.js';
import { setOwnProperty } from './own-property.js';
import { decodeTextBlob, encodeTextBlob } from './text-blob.js';

const defaultOptions: Required<ContentWalkOptions> = Object.freeze({
  maxDepth: 200,
  maxNodes: 200_000,
  maxItems: 200_000,
  embeddedJsonLevels: 2,
  maxBlobLength: 1_398_104,
  headers: false,
  target: false,
});

/** One walk over one value: shape-led, copy on write. */
export class ContentWalk {
  readonly place = new MovingPlace();
  readonly visitor: ContentVisitor;
  readonly options: Required<ContentWalkOptions>;
  private nodes = 0;
  private jsonLevel = 0;

  constructor(visitor: ContentVisitor, options: ContentWalkOptions = {}) {
    this.visitor = visitor;
    this.options = { ...defaultOptions, maxItems: options.maxNodes ?? defaultOptions.maxNodes, ...options };
  }

  /** The value as the visitor wants it: the same object when nothing in it changed. */
  rewrite(value: unknown, shape: ContentShape): unknown {
    if (typeof value === 'string') return this.string(value, shape);
    if (typeof value === 'number') return this.number(value, roleOf(shape), String(value));
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
    this.count();
    if (this.place.stack.length >= this.options.maxDepth) {
      throw new FrameworkError(
        'CONTENT_TOO_DEEP',
        `content is nested deeper than ${this.options.maxDepth} levels`,
      );
    }
    const record = value as Readonly<Record<string, unknown>>;
    const chosen = resolveShape(shape, record);
    return Array.isArray(value) ? this.list(value, chosen) : this.object(record, chosen);
  }

  /** Visits one property name of plain data. */
  key(key: string): string {
    if (this.visitor.key === undefined) return key;
    this.count();
    this.place.role = 'value';
    return this.visitor.key(key, this.place);
  }

  /** Visits a string, and what is inside of it. */
  text(text: string, role: ContentRole): string {
    this.count();
    if (this.jsonLevel < this.options.embeddedJsonLevels) {
      this.jsonLevel++;
      const rewritten = rewriteJsonText(text, this, role);
      this.jsonLevel--;
      if (rewritten !== undefined) return rewritten;
    }
    this.place.role = role;
    return this.visitor.text(text, this.place);
  }

  /** Visits a number. `literal` is how it is written: digits beyond the precision of a number are only there. */
  number(value: number, role: ContentRole, literal: string): number | string | null {
    if (this.visitor.number === undefined) return value;
    this.count();
    this.place.role = role;
    return this.visitor.number(value, this.place, literal);
  }

  private string(text: string, shape: ContentShape): string {
    if (shape === 'constant') return text;
    if (shape === 'binary') return this.blob(text);
    return this.text(text, roleOf(shape));
  }

  private blob(blob: string): string {
    const text = decodeTextBlob(blob, this.options.maxBlobLength);
    if (text === undefined) return blob;
    const rewritten = this.text(text, 'text');
    return rewritten === text ? blob : encodeTextBlob(rewritten);
  }

  private list(items: readonly unknown[], shape: ResolvedShape): readonly unknown[] {
    const itemShape = typeof shape === 'string' ? shape : 'list' in shape ? shape.list : 'data';
    this.checkItems(items.length);
    let copy: unknown[] | undefined;
    for (let index = 0; index < items.length; index++) {
      this.place.stack.push(index);
      const item = items[index];
      const rewritten = this.rewrite(item, itemShape);
      this.place.stack.pop();
      if (rewritten !== item) {
        copy ??= [...items];
        copy[index] = rewritten;
      }
    }
    return copy ?? items;
  }

  private object(
    record: Readonly<Record<string, unknown>>,
    shape: ResolvedShape,
  ): Readonly<Record<string, unknown>> {
    const fields = typeof shape === 'object' && 'fields' in shape ? shape.fields : undefined;
    const otherShape = typeof shape === 'string' ? shape : 'data';
    let copy: Record<string, unknown> | undefined;
    let renamed: Map<string, string> | undefined;
    const keys = Object.keys(record);
    this.checkItems(keys.length);
    for (const key of keys) {
      const named = fields !== undefined && Object.hasOwn(fields, key);
      const newKey = named ? key : this.key(key);
      if (newKey !== key) (renamed ??= new Map()).set(key, newKey);
      const item = record[key];
      this.place.stack.push(key);
      const rewritten = this.rewrite(item, named ? (fields[key] ?? 'data') : otherShape);
      this.place.stack.pop();
      if (rewritten !== item) {
        // A spread copies own properties, `__proto__` included, without running setters.
        copy ??= { ...record };
        setOwnProperty(copy, key, rewritten);
      }
    }
    return renamed === undefined ? (copy ?? record) : rename(copy ?? record, renamed);
  }

  private checkItems(count: number): void {
    if (count > this.options.maxItems) {
      throw new FrameworkError(
        'CONTENT_TOO_LARGE',
        `an array or object has ${count} items, more than ${this.options.maxItems}`,
      );
    }
  }

  private count(): void {
    if (++this.nodes > this.options.maxNodes) {
      throw new FrameworkError('CONTENT_TOO_LARGE', `content has more than ${this.options.maxNodes} values`);
    }
  }
}

type ResolvedShape = Exclude<ContentShape, ContentShapeChoice | 'constant' | 'binary'>;

/** Where an object stands in place of a protocol word or a blob, it is data like any other. */
function resolveShape(shape: ContentShape, value: Readonly<Record<string, unknown>>): ResolvedShape {
  if (typeof shape === 'function') return resolveShape(shape(value), value);
  return shape === 'constant' || shape === 'binary' ? 'data' : shape;
}

function roleOf(shape: ContentShape): ContentRole {
  return typeof shape === 'string' && shape !== 'data' && shape !== 'binary' && shape !== 'constant'
    ? shape
    : 'value';
}

/** The record with other property names, in the same order; names that meet are numbered. */
function rename(
  record: Readonly<Record<string, unknown>>,
  renamed: ReadonlyMap<string, string>,
): Readonly<Record<string, unknown>> {
  const taken = new Set(Object.keys(record).filter((key) => !renamed.has(key)));
  const counts = new Map<string, number>();
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(record)) {
    const wanted = renamed.get(key);
    setOwnProperty(copy, wanted === undefined ? key : freeName(wanted, taken, counts), record[key]);
  }
  return copy;
}

function freeName(wanted: string, taken: Set<string>, counts: Map<string, number>): string {
  let count = counts.get(wanted) ?? 1;
  let name = count === 1 ? wanted : `${wanted} (${count})`;
  while (taken.has(name)) name = `${wanted} (${++count})`;
  counts.set(wanted, count);
  taken.add(name);
  return name;
}
