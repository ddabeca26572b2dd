import { FrameworkError } from '@mcpplugins/framework-core';
import type { ContentRole } from './content-place.js';
import type { ContentWalk } from './rewrite-content.js';

const looksLikeJson = /^\s*[[{]/;
const string = /"(?:[^"\\]|\\.)*"/y;
const number = /-?\d[\d.eE+-]*/y;
const word = /true|false|null/y;
const lines = /\r?\n/;

/**
 * Visits the strings, numbers and names inside a JSON document or JSON lines. What does not change stays as it is
 * written, byte for byte; what does is written as JSON, so the text stays valid.
 * @returns undefined when the text is no JSON object, array or series of them
 */
export function rewriteJsonText(text: string, walk: ContentWalk, role: ContentRole): string | undefined {
  if (!looksLikeJson.test(text)) return undefined;
  if (isJson(text)) return new JsonTextWalk(text, walk, role).rewrite();
  if (!lines.test(text)) return undefined;
  const documents = text.split(/(\r?\n)/);
  if (!documents.every((line, index) => index % 2 === 1 || line.trim() === '' || isJsonDocument(line)))
    return undefined;
  return documents
    .map((line, index) =>
      index % 2 === 1 || line.trim() === '' ? line : new JsonTextWalk(line, walk, role).rewrite(),
    )
    .join('');
}

function isJsonDocument(text: string): boolean {
  return looksLikeJson.test(text) && isJson(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** One pass over a text that is known to be valid JSON. Not recursive: depth is bounded by the walk's limit. */
class JsonTextWalk {
  private readonly text: string;
  private readonly walk: ContentWalk;
  private readonly role: ContentRole;
  private output = '';
  private copiedTo = 0;

  constructor(text: string, walk: ContentWalk, role: ContentRole) {
    this.text = text;
    this.walk = walk;
    this.role = role;
  }

  rewrite(): string {
    const { stack } = this.walk.place;
    const base = stack.length;
    // True where the next string is a property name.
    let nameExpected = false;
    for (let at = 0; at < this.text.length;) {
      switch (this.text.charAt(at)) {
        case '{':
        case '[':
          nameExpected = this.text.charAt(at) === '{';
          this.open(nameExpected ? '' : 0);
          at++;
          break;
        case '}':
        case ']':
          stack.pop();
          nameExpected = false;
          at++;
          break;
        case ',': {
          const last = stack.pop();
          nameExpected = typeof last === 'string';
          stack.push(typeof last === 'number' ? last + 1 : '');
          at++;
          break;
        }
        case '"':
          at = nameExpected ? this.name(at) : this.string(at);
          nameExpected = false;
          break;
        case ':':
        case ' ':
        case '\t':
        case '\n':
        case '\r':
          at++;
          break;
        default:
          at = this.scalar(at);
      }
    }
    stack.length = base;
    return this.copiedTo === 0 ? this.text : this.output + this.text.slice(this.copiedTo);
  }

  private open(segment: string | number): void {
    const { stack } = this.walk.place;
    if (stack.length >= this.walk.options.maxDepth) {
      throw new FrameworkError(
        'CONTENT_TOO_DEEP',
        `JSON inside a string is nested deeper than ${this.walk.options.maxDepth} levels`,
      );
    }
    stack.push(segment);
  }

  private name(at: number): number {
    const literal = this.match(string, at);
    const { stack } = this.walk.place;
    const name = JSON.parse(literal) as string;
    stack.pop();
    const rewritten = this.walk.key(name);
    stack.push(name);
    if (rewritten !== name) this.replace(at, literal.length, JSON.stringify(rewritten));
    return at + literal.length;
  }

  private string(at: number): number {
    const literal = this.match(string, at);
    const value = JSON.parse(literal) as string;
    const rewritten = this.walk.text(value, this.role);
    if (rewritten !== value) this.replace(at, literal.length, JSON.stringify(rewritten));
    return at + literal.length;
  }

  private scalar(at: number): number {
    const literal = this.match(number, at);
    if (literal === '') return at + Math.max(1, this.match(word, at).length);
    const value = Number(literal);
    const rewritten = this.walk.number(value, this.role, literal);
    if (rewritten !== value) this.replace(at, literal.length, JSON.stringify(rewritten));
    return at + literal.length;
  }

  private match(pattern: RegExp, at: number): string {
    pattern.lastIndex = at;
    return pattern.exec(this.text)?.[0] ?? '';
  }

  private replace(at: number, length: number, replacement: string): void {
    this.output += this.text.slice(this.copiedTo, at) + replacement;
    this.copiedTo = at + length;
  }
}
