import type { z } from 'zod';
import { suggest } from '../errors/suggest.js';
import type { DiagnosticList, Finding } from '../errors/diagnostic.js';
import type { ConfigErrorCode } from '../errors/error-codes.js';
import { describeNode, type TreeNode } from '../yaml/tree.js';
import { locate } from './locate.js';
import { keysAt } from './schema-shape.js';
import { formatPath } from './spelling.js';

type Issue = z.core.$ZodIssue;

/** What `reportIssues` needs besides the issues. */
export interface IssueContext {
  readonly root: TreeNode;
  /** Path of `root` in its file. */
  readonly prefix?: readonly PropertyKey[];
  readonly schema: z.core.$ZodType;
  /** Code of values that do not fit. Default `VALUE_INVALID`. */
  readonly code?: ConfigErrorCode;
  /** Cleans text that somebody else's schema wrote. */
  readonly scrub?: (text: string) => string;
}

/** Turns the issues of a failed schema check into findings at the places of the file that they are about. */
export function reportIssues(issues: readonly Issue[], context: IssueContext, found: DiagnosticList): void {
  for (const issue of issues) reportIssue(issue, context, found);
}

function reportIssue(issue: Issue, context: IssueContext, found: DiagnosticList): void {
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const inner = closestAlternative(issue.errors);
    if (inner !== undefined) {
      for (const one of inner) reportIssue({ ...one, path: [...issue.path, ...one.path] }, context, found);
      return;
    }
  }
  if (issue.code === 'unrecognized_keys') {
    reportUnknownKeys(issue, context, found);
    return;
  }
  const location = locate(context.root, issue.path, context.prefix);
  if (location.node?.kind === 'scalar' && location.node.failed === true) return;
  const path = formatPath(location.path);
  if (location.node === undefined) {
    const name = String(location.path.at(-1) ?? '');
    const message =
      issue.code === 'custom' ? foreign(issue.message, context) : `\`${name}\` is missing${expected(issue)}`;
    found.add(location.span, { code: context.code ?? 'KEY_MISSING', path, message });
    return;
  }
  found.add(location.span, { code: valueCode(context), path, ...describe(issue, location.node, context) });
}

function valueCode(context: IssueContext): ConfigErrorCode {
  return context.code ?? 'VALUE_INVALID';
}

/** Of the alternatives of a union, the one that got furthest: what its writer most likely meant. */
function closestAlternative(alternatives: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const deepest = (issues: readonly Issue[]): number => Math.max(0, ...issues.map(({ path }) => path.length));
  const [best, second] = alternatives.toSorted(
    (left, right) => deepest(right) - deepest(left) || left.length - right.length,
  );
  // With nothing to choose between them, the union as a whole is what is wrong.
  if (best === undefined || deepest(best) === 0) return undefined;
  return second !== undefined && deepest(second) === deepest(best) && second.length === best.length
    ? undefined
    : best;
}

function reportUnknownKeys(
  issue: z.core.$ZodIssueUnrecognizedKeys,
  context: IssueContext,
  found: DiagnosticList,
): void {
  const location = locate(context.root, issue.path, context.prefix);
  const known = keysAt(context.schema, issue.path);
  for (const key of issue.keys) {
    const entry = location.node?.kind === 'map' ? location.node.entries.get(key) : undefined;
    found.add(entry?.key ?? location.span, {
      code: context.code ?? 'KEY_UNKNOWN',
      path: formatPath([...location.path, key]),
      message: `unknown key ${JSON.stringify(key)}${known.length > 0 ? `; known here: ${known.join(', ')}` : ''}`,
      suggestion: suggest(key, known),
    });
  }
}

function describe(
  issue: Issue,
  node: TreeNode,
  context: IssueContext,
): Pick<Finding, 'message' | 'suggestion'> {
  const but = `, not ${describeNode(node)}`;
  if (issue.code === 'invalid_type') return { message: `must be ${typeName(issue.expected)}${but}` };
  if (issue.code === 'too_small') {
    return { message: `must ${bound(issue.origin, 'least', issue.minimum, issue.inclusive)}${but}` };
  }
  if (issue.code === 'too_big') {
    return { message: `must ${bound(issue.origin, 'most', issue.maximum, issue.inclusive)}${but}` };
  }
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(String);
    const text = node.kind === 'scalar' && node.template === undefined ? String(node.value) : undefined;
    return {
      message: `must be ${allowed.length > 1 ? 'one of ' : ''}${allowed.join(', ')}${but}`,
      suggestion: text === undefined ? undefined : suggest(text, allowed),
    };
  }
  return { message: foreign(issue.message, context) };
}

function bound(origin: string, side: 'least' | 'most', limit: number | bigint, inclusive = true): string {
  const things: Readonly<Record<string, string>> = {
    string: 'character',
    array: 'entry',
    set: 'entry',
    object: 'key',
  };
  const thing = things[origin];
  if (thing === undefined) {
    if (inclusive) return `be at ${side} ${limit}`;
    return `be ${side === 'least' ? 'greater' : 'less'} than ${limit}`;
  }
  const plural = thing === 'entry' ? 'entries' : `${thing}s`;
  return `have at ${side} ${limit} ${Number(limit) === 1 ? thing : plural}`;
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
  null: 'empty',
};

function typeName(expected: string): string {
  return typeNames[expected] ?? `of type ${expected}`;
}

function expected(issue: Issue): string {
  if (issue.code === 'invalid_type') return `; it must be ${typeName(issue.expected)}`;
  if (issue.code === 'invalid_value') return `; it must be one of ${issue.values.map(String).join(', ')}`;
  return '';
}

/** A message that a schema's author wrote. */
function foreign(message: string, context: IssueContext): string {
  return context.scrub?.(message) ?? message;
}
