import type { PluginConfigInput } from '@mcpplugins/framework-core';
import type { DiagnosticList, Finding } from '../errors/diagnostic.js';
import type { Span } from '../source/source-text.js';
import { formatPath } from '../schema/spelling.js';
import type { MapNode, ScalarNode } from '../yaml/tree.js';

/** One entry of `plugins`, as the file has it. */
export interface PluginEntry {
  readonly node: MapNode;
  readonly path: readonly PropertyKey[];
  /** As the schema spells it; undefined when the document did not pass. */
  readonly input: PluginConfigInput | undefined;
  readonly found: DiagnosticList;
}

/** The text under a key of an entry; undefined when there is none, which the schema reports. */
export function textOf(
  { node }: PluginEntry,
  key: string,
): (ScalarNode & { readonly value: string }) | undefined {
  const value = node.entries.get(key)?.value;
  return value?.kind === 'scalar' && typeof value.value === 'string' && value.value !== ''
    ? (value as ScalarNode & { readonly value: string })
    : undefined;
}

/** Adds a finding about something below an entry. */
export function report(
  { path, found }: PluginEntry,
  span: Span,
  below: readonly PropertyKey[],
  finding: Omit<Finding, 'path'>,
): void {
  found.add(span, { ...finding, path: formatPath([...path, ...below]) });
}
