import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import type { DiagnosticList } from '../errors/diagnostic.js';
import type { ConfigErrorCode } from '../errors/error-codes.js';
import type { SourceText, Span } from '../source/source-text.js';
import type { Interpolated } from '../values/interpolate.js';
import { isSecretKey, isWholeVariable } from '../values/secrets.js';
import type { MapEntry, MapNode, ScalarNode, TreeNode } from './tree.js';
import type { ConfigLimits } from './limits.js';

/** Turns a text scalar into its value: what `${…}` stands for is filled in here. */
export type ScalarReader = (text: string, span: Span) => Interpolated;

/**
 * Builds the tree of a parsed document: resolves aliases, finds duplicate and forbidden keys, keeps within the
 * limits, reads variables, and notes which ranges of the text are secret.
 */
export function buildTree(
  document: Document.Parsed,
  source: SourceText,
  limits: ConfigLimits,
  readScalar: ScalarReader,
  found: DiagnosticList,
): TreeNode | undefined {
  if (document.contents === null) return undefined;
  const builder = new TreeBuilder(source, limits, readScalar, found);
  return builder.build(document.contents as Node, false);
}

class TreeBuilder {
  readonly #anchors = new Map<string, { readonly node: TreeNode; readonly size: number } | undefined>();
  readonly #source: SourceText;
  readonly #limits: ConfigLimits;
  readonly #readScalar: ScalarReader;
  readonly #found: DiagnosticList;
  #size = 0;
  #tooLarge = false;

  constructor(source: SourceText, limits: ConfigLimits, readScalar: ScalarReader, found: DiagnosticList) {
    this.#source = source;
    this.#limits = limits;
    this.#readScalar = readScalar;
    this.#found = found;
  }

  build(node: Node, secret: boolean): TreeNode {
    const span = this.#span(node);
    if (isAlias(node)) return this.#alias(node.source, span);
    const { anchor } = node;
    if (anchor !== undefined) this.#anchors.set(anchor, undefined);
    const before = this.#size;
    this.#count(1, span);
    const built = this.#content(node, span, secret);
    if (anchor !== undefined) this.#anchors.set(anchor, { node: built, size: this.#size - before });
    return built;
  }

  #content(node: Exclude<Node, { source: string }>, span: Span, secret: boolean): TreeNode {
    if (isScalar(node)) return this.#scalar(node, span, secret);
    if (isMap(node)) return this.#map(node, span, secret);
    const items = this.#tooLarge ? [] : node.items;
    return { kind: 'list', ...span, items: items.map((item) => this.build(item as Node, secret)) };
  }

  #scalar(node: Scalar, span: Span, secret: boolean): ScalarNode {
    const { value } = node;
    if (typeof value === 'string') {
      if (secret && !isWholeVariable(value)) this.#source.secretRanges.push(span);
      return { kind: 'scalar', ...span, ...this.#readScalar(value, span), secret };
    }
    if (typeof value === 'number' && !Number.isFinite(value)) {
      this.#add(span, 'VALUE_INVALID', 'the number is too large, infinite or not a number');
      return { kind: 'scalar', ...span, value: 0, failed: true, secret };
    }
    if (typeof value === 'number' || typeof value === 'boolean')
      return { kind: 'scalar', ...span, value, secret };
    return { kind: 'scalar', ...span, value: null, secret };
  }

  #map(node: YAMLMap, span: Span, secret: boolean): MapNode {
    const entries = new Map<string, MapEntry>();
    for (const pair of this.#tooLarge ? [] : (node.items as Pair<Node, Node | null>[])) {
      const key = this.#key(pair.key);
      if (key === undefined) continue;
      const keySpan = this.#span(pair.key);
      const first = entries.get(key);
      if (first !== undefined) {
        const { line } = this.#source.positionOf(first.key.start);
        this.#add(keySpan, 'YAML_DUPLICATE_KEY', `the key ${JSON.stringify(key)} is already in line ${line}`);
        continue;
      }
      const value =
        pair.value === null
          ? ({ kind: 'scalar', ...keySpan, value: null, secret } as const)
          : this.build(pair.value, secret || isSecretKey(key));
      entries.set(key, { key: keySpan, value });
    }
    return { kind: 'map', ...span, entries };
  }

  /** The text of a key, or undefined after a finding. */
  #key(node: Node): string | undefined {
    const span = this.#span(node);
    if (!isScalar(node)) {
      this.#add(
        span,
        'YAML_UNSUPPORTED',
        `a key must be a text, not ${isAlias(node) ? 'an alias' : 'a list or map'}`,
      );
      return undefined;
    }
    const { value, anchor } = node;
    if (anchor !== undefined) this.#anchors.set(anchor, { node: this.#scalar(node, span, false), size: 1 });
    if (value === '__proto__') {
      this.#add(span, 'YAML_UNSUPPORTED', 'the key "__proto__" is not allowed');
      return undefined;
    }
    if (value === '<<' && node.type === 'PLAIN') {
      this.#found.add(span, {
        code: 'YAML_UNSUPPORTED',
        message: 'merge keys (`<<`) are not part of YAML 1.2',
        suggestion: 'Write the keys out, or put what changes into an overlay file.',
      });
      return undefined;
    }
    if (value === null || value === '') {
      this.#add(span, 'YAML_UNSUPPORTED', 'a key must not be empty');
      return undefined;
    }
    return typeof value === 'string' ? value : JSON.stringify(value);
  }

  #alias(name: string, span: Span): TreeNode {
    const target = this.#anchors.get(name);
    if (target !== undefined) {
      this.#count(target.size, span);
      return target.node;
    }
    const message = this.#anchors.has(name)
      ? `the alias *${name} is inside of what it stands for`
      : `no anchor &${name} stands before the alias *${name}`;
    this.#add(span, 'YAML_ALIAS', message);
    return { kind: 'scalar', ...span, value: null, secret: false };
  }

  /** Counts nodes as if aliases were written out, which is what they cost later. */
  #count(size: number, span: Span): void {
    this.#size += size;
    if (this.#tooLarge || this.#size <= this.#limits.maxNodes) return;
    this.#tooLarge = true;
    this.#add(span, 'YAML_LIMIT', `more than ${this.#limits.maxNodes} values, with aliases written out`);
  }

  #add(span: Span, code: ConfigErrorCode, message: string): void {
    this.#found.add(span, { code, message });
  }

  #span(node: Node): Span {
    const [start, end] = node.range ?? [0, 0];
    return { source: this.#source, start, end: Math.max(end, start) };
  }
}
