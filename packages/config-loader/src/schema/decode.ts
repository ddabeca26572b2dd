import type { z } from 'zod';
import { suggest } from '../errors/suggest.js';
import type { DiagnosticList } from '../errors/diagnostic.js';
import { type MapEntry, type MapNode, toValue, type TreeNode } from '../yaml/tree.js';
import { type KeyRule, keyRulesOf } from './key-rules.js';
import { fieldsByYamlKey, itemSchema, objectShape, unwrapSchema } from './schema-shape.js';
import { formatPath, toYamlKey } from './spelling.js';

/**
 * The value of a node in the spelling of a schema: keys of its objects become camelCase, records and everything that
 * it does not know in detail are copied as they are. Keys that the schema does not have are reported and left out.
 */
export function decode(
  node: TreeNode,
  schema: z.core.$ZodType,
  found: DiagnosticList,
  path: readonly PropertyKey[] = [],
): unknown {
  if (node.kind === 'map') return decodeMap(node, schema, found, path);
  if (node.kind === 'list') {
    const item = itemSchema(schema);
    if (item === undefined) return toValue(node);
    return node.items.map((child, index) => decode(child, item, found, [...path, index]));
  }
  return node.value;
}

function decodeMap(
  node: MapNode,
  schema: z.core.$ZodType,
  found: DiagnosticList,
  path: readonly PropertyKey[],
): unknown {
  const shape = objectShape(schema);
  if (shape === undefined) return toValue(node);
  const fields = fieldsByYamlKey(shape);
  const rules = keyRulesOf(unwrapSchema(schema));
  const value: Record<string, unknown> = {};
  for (const [key, entry] of node.entries) {
    const here = [...path, key];
    const field = fields.get(key);
    const fieldSchema = field === undefined ? shape.rest : shape.fields[field];
    if (fieldSchema !== undefined) {
      value[field ?? key] = decode(entry.value, fieldSchema, found, here);
      continue;
    }
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    if (rule === undefined) reportUnknown(key, entry, [...fields.keys()], here, found);
    else reportRule(rule, key, entry, here, found);
  }
  return value;
}

function reportUnknown(
  key: string,
  entry: MapEntry,
  known: readonly string[],
  path: readonly PropertyKey[],
  found: DiagnosticList,
): void {
  found.add(entry.key, {
    code: 'KEY_UNKNOWN',
    path: formatPath(path),
    message: `unknown key ${JSON.stringify(key)}; known here: ${known.join(', ')}`,
    suggestion: suggest(toYamlKey(key), known),
  });
}

function reportRule(
  rule: KeyRule,
  key: string,
  entry: MapEntry,
  path: readonly PropertyKey[],
  found: DiagnosticList,
): void {
  const { value } = entry;
  const restrictsNothing =
    (value.kind === 'list' && value.items.length === 0) || (value.kind === 'scalar' && value.value === null);
  if (rule.type === 'unsupported' && !restrictsNothing) {
    found.add(entry.key, {
      code: 'NOT_YET_SUPPORTED',
      path: formatPath(path),
      message: `\`${key}\` is not supported yet: ${rule.what} would not happen`,
      suggestion: `Remove \`${key}\`.`,
    });
    return;
  }
  const because = rule.type === 'ignored' ? `: ${rule.because}` : '';
  found.add(entry.key, {
    severity: 'notice',
    code: 'KEY_IGNORED',
    path: formatPath(path),
    message: `\`${key}\` has no effect here${because}`,
  });
}
