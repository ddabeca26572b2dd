import { Composer, type CST, type Document, Lexer, Parser, type YAMLError } from 'yaml';
import type { DiagnosticList } from '../errors/diagnostic.js';
import type { SourceText } from '../source/source-text.js';
import { blankJsonComments } from './blank-json-comments.js';

const parseOptions = {
  version: '1.2',
  schema: 'core',
  strict: true,
  merge: false,
  resolveKnownTags: false,
  prettyErrors: false,
  logLevel: 'silent',
  // Quadratic in the library; the tree builder finds duplicates itself.
  uniqueKeys: false,
} as const;

/** Characters that no YAML text may have unescaped. @see YAML 1.2.2 section 5.1 */
// oxlint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/;

/**
 * Parses one YAML 1.2 document (JSON and, in files that end in `.json` or `.jsonc`, JSON with comments).
 * Undefined after a finding that leaves nothing to look at.
 */
export function parseDocument(
  source: SourceText,
  maxDepth: number,
  found: DiagnosticList,
): Document.Parsed | undefined {
  const at = (start: number, end = start + 1) => ({ source, start, end });
  const control = unprintable.exec(source.text);
  if (control !== null) {
    const code = source.text.charCodeAt(control.index).toString(16).padStart(4, '0');
    found.add(at(control.index), {
      code: 'YAML_SYNTAX',
      message: `control character U+${code} is not allowed`,
    });
    return undefined;
  }
  const text = /\.jsonc?$/i.test(source.file) ? blankJsonComments(source.text) : source.text;
  const tokens = tokenize(text, maxDepth);
  if (tokens.tooDeepAt !== undefined) {
    found.add(at(tokens.tooDeepAt), {
      code: 'YAML_LIMIT',
      message: `nested more than ${maxDepth} levels deep`,
    });
    return undefined;
  }
  const [document, second] = new Composer(parseOptions).compose(tokens.list, true, text.length);
  if (document === undefined) return undefined;
  if (second !== undefined) {
    found.add(at(second.range[0]), {
      code: 'YAML_UNSUPPORTED',
      message: 'the file has more than one document',
      suggestion: 'Keep one document: remove this `---` and what follows, or move it to a file of its own.',
    });
    return undefined;
  }
  for (const error of document.errors) report(error, at(...errorRange(error, text)), found);
  for (const warning of document.warnings) reportWarning(warning, at(...warning.pos), found);
  if (document.directives.yaml.explicit === true && document.directives.yaml.version !== '1.2') {
    const message = `YAML ${document.directives.yaml.version} reads words like \`yes\` and \`on\` differently`;
    found.add(at(0, 5), { code: 'YAML_UNSUPPORTED', message, suggestion: 'Remove the %YAML line.' });
  }
  return document;
}

/**
 * The library recurses while it composes and V8 can abort the whole process when the stack ends inside a regular
 * expression, so depth is watched here, where the parser still works on a stack of its own.
 */
function tokenize(
  text: string,
  maxDepth: number,
): { readonly list: CST.Token[]; readonly tooDeepAt?: number } {
  const list: CST.Token[] = [];
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) list.push(token);
    // The document and the scalar in work are on the stack as well.
    if (parser.stack.length > maxDepth + 2) return { list, tooDeepAt: Math.min(parser.offset, text.length) };
  }
  for (const token of parser.end()) list.push(token);
  return { list };
}

function report(
  error: YAMLError,
  span: { source: SourceText; start: number; end: number },
  found: DiagnosticList,
): void {
  const suggestion = suggestions[error.code];
  const message = `not valid YAML: ${lowerFirst(error.message.split('\n')[0] ?? '')}`;
  found.add(span, {
    code: error.code === 'RESOURCE_EXHAUSTION' ? 'YAML_LIMIT' : 'YAML_SYNTAX',
    message,
    suggestion,
  });
}

const suggestions: { readonly [code in YAMLError['code']]?: string } = {
  TAB_AS_INDENT: 'Indent with spaces.',
  BAD_INDENT: 'Align the line with its neighbours, and close every `[` and `{`.',
  MISSING_CHAR: 'Close the quote or bracket, and put a space after each `:` and `,`.',
  BLOCK_AS_IMPLICIT_KEY: 'Start a nested map on a line of its own, or quote a text that has `: ` in it.',
  BAD_SCALAR_START: 'Quote a text that starts with this character.',
  BAD_DQ_ESCAPE: "Write `\\\\` for a backslash, or use single quotes: '…'.",
  MULTILINE_IMPLICIT_KEY: 'Put a `:` after the key, and quote a text that runs over several lines.',
  UNEXPECTED_TOKEN: 'Remove it, or quote the text that it belongs to.',
};

function reportWarning(
  warning: YAMLError,
  span: { source: SourceText; start: number; end: number },
  found: DiagnosticList,
): void {
  if (warning.code === 'TAG_RESOLVE_FAILED') {
    const tag = span.source.text.slice(span.start, span.end).split(/\s/, 1)[0] ?? '';
    found.add(
      { ...span, end: span.start + tag.length },
      {
        code: 'YAML_UNSUPPORTED',
        message: `the tag ${tag} is not supported: a configuration never runs code or builds objects`,
        suggestion: 'Remove the tag and write the value plainly.',
      },
    );
  } else {
    found.add(span, { severity: 'notice', code: 'YAML_SYNTAX', message: lowerFirst(warning.message) });
  }
}

/** Where to point: an error at the very end of the text is shown at the end of its last line with content. */
function errorRange(error: YAMLError, text: string): [start: number, end: number] {
  const [start, end] = error.pos;
  if (start < text.length) return [start, Math.max(end, start + 1)];
  const last = text.trimEnd().length;
  return [last, last + 1];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
