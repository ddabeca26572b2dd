import type { z } from 'zod';
import type { DiagnosticList } from '../errors/diagnostic.js';
import { locate } from './locate.js';
import { type IssueContext, reportIssues } from './report-issues.js';

/** The value that passed, as it is to be used and as the schema gives it; undefined after findings. */
export type Checked = { readonly input: unknown; readonly output: unknown } | undefined;

/**
 * Checks a value that came out of a file. A text that came from a variable is taken for a number or boolean where the
 * schema wants one: `priority: ${PRIORITY}` cannot be written otherwise.
 */
export function checkValue(
  value: unknown,
  context: IssueContext & { readonly schema: z.ZodType },
  found: DiagnosticList,
): Checked {
  let input = value;
  let result = context.schema.safeParse(input);
  if (!result.success) {
    const converted = convertVariables(input, result.error.issues, context);
    if (converted !== undefined) {
      input = converted;
      result = context.schema.safeParse(input);
    }
  }
  if (result.success) return { input, output: result.data };
  reportIssues(result.error.issues, context, found);
  return undefined;
}

function convertVariables(
  value: unknown,
  issues: readonly z.core.$ZodIssue[],
  context: IssueContext,
): unknown {
  let converted = value;
  for (const issue of issues) {
    if (issue.code !== 'invalid_type') continue;
    const { node } = locate(context.root, issue.path, context.prefix);
    if (node?.kind !== 'scalar' || node.template === undefined) continue;
    const better = convert(String(node.value), issue.expected);
    if (better !== undefined) converted = replaceAt(converted, issue.path, better);
  }
  return converted === value ? undefined : converted;
}

function convert(text: string, expected: string): number | boolean | undefined {
  if (expected === 'boolean') return { true: true, false: false }[text];
  if (expected !== 'number' && expected !== 'int') return undefined;
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
}

function replaceAt(value: unknown, [key, ...rest]: readonly PropertyKey[], replacement: unknown): unknown {
  if (key === undefined) return replacement;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === key ? replaceAt(item, rest, replacement) : item));
  }
  const object = value as Readonly<Record<PropertyKey, unknown>>;
  return { ...object, [key]: replaceAt(object[key], rest, replacement) };
}
