import type { DiagnosticList } from '../errors/diagnostic.js';
import type { SourceText } from '../source/source-text.js';
import { interpolate, type VariableSources } from '../values/interpolate.js';
import { buildTree, type ScalarReader } from '../yaml/build-tree.js';
import type { ConfigLimits } from '../yaml/limits.js';
import { parseDocument } from '../yaml/parse-document.js';
import type { MapNode } from '../yaml/tree.js';

/** A text as a tree with its variables filled in; undefined after findings that leave nothing to check. */
export function parseTree(
  source: SourceText,
  sources: VariableSources,
  limits: ConfigLimits,
  found: DiagnosticList,
): MapNode | undefined {
  return parseTreeWith(source, (text, span) => interpolate(text, span, sources, found), limits, found);
}

/** As `parseTree`, with another way to read texts. */
export function parseTreeWith(
  source: SourceText,
  readScalar: ScalarReader,
  limits: ConfigLimits,
  found: DiagnosticList,
): MapNode | undefined {
  const document = parseDocument(source, limits.maxDepth, found);
  if (document === undefined) return undefined;
  const tree = buildTree(document, source, limits, readScalar, found);
  if (document.errors.length > 0) return undefined;
  if (tree === undefined || (tree.kind === 'scalar' && tree.value === null)) {
    found.addForFile(source.file, {
      code: 'FILE_EMPTY',
      message: 'the configuration file is empty',
      suggestion: 'Write at least `plugins: []` to run without any plugin on purpose.',
    });
    return undefined;
  }
  if (tree.kind === 'map') return tree;
  found.add(
    { ...tree, end: tree.start + 1 },
    {
      code: 'VALUE_INVALID',
      message: `a configuration must be a map with \`plugins:\`, not ${tree.kind === 'list' ? 'a list' : 'a single value'}`,
      suggestion: tree.kind === 'list' ? 'Put `plugins:` above the list.' : undefined,
    },
  );
  return undefined;
}
