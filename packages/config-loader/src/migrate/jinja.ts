import type { ReportBuilder } from './migration-report.js';

const marker = /\{\{-?((?:[^}]|\}(?!\}))*?)-?\}\}|\{%((?:[^%]|%(?!\}))*)%\}|\{#((?:[^#]|#(?!\}))*)#\}/g;

const literal = String.raw`(?:'([^'\\]*)'|"([^"\\]*)")`;
const name = String.raw`(?:env\.([A-Za-z_]\w*)|env\[['"]([A-Za-z_]\w*)['"]\])`;
const lookup = new RegExp(
  String.raw`^${name}(?:\s*(?:\|\s*default\(\s*${literal}\s*(?:,\s*[Tt]rue\s*)?\)|or\s+${literal}))?$`,
);
const getter = new RegExp(String.raw`^env\.get\(\s*['"]([A-Za-z_]\w*)['"]\s*(?:,\s*${literal}\s*)?\)$`);

/**
 * Rewrites the Jinja of a ContextForge file: `{{ env.NAME }}` becomes `${NAME}`, with its default if it has one. Lines
 * stay where they are. What cannot be said without a program is left to a person.
 */
export function replaceJinja(text: string, report: ReportBuilder): string {
  let unknown = 0;
  return text.replaceAll(
    marker,
    (match, expression: string | undefined, statement: string | undefined, ...rest) => {
      const offset = rest.find((value) => typeof value === 'number') ?? 0;
      const line = text.slice(0, offset).split('\n').length;
      const blank = '\n'.repeat(match.split('\n').length - 1);
      if (expression !== undefined) {
        const known = variableOf(expression.trim());
        const variable = known ?? `\${MIGRATE_${++unknown}}`;
        if (known === undefined) {
          report.manual(
            line,
            '',
            `\`${oneLine(match)}\` has no counterpart: set ${variable}, or write the value`,
          );
        } else {
          const wasEmpty = known.includes(':-')
            ? ''
            : ', which must be set now: it was empty before when it was not';
          report.change(line, '', `\`${oneLine(match)}\` is ${known}${wasEmpty}`);
        }
        return quoteIfNeeded(variable, text, offset, offset + match.length) + blank;
      }
      if (statement === undefined) return `# ${oneLine(match.slice(2, -2))}${blank}`;
      report.manual(
        line,
        '',
        `\`${oneLine(match)}\` has no counterpart: keep one branch, or use an overlay for each environment`,
      );
      return `# ${oneLine(match)}${blank}`;
    },
  );
}

function variableOf(expression: string): string | undefined {
  const [, dotted, indexed, ...defaults] = lookup.exec(expression) ?? [];
  const found = dotted ?? indexed;
  if (found !== undefined) return variable(found, defaults);
  const [, key, ...others] = getter.exec(expression) ?? [];
  return key === undefined ? undefined : variable(key, others);
}

function variable(key: string, defaults: readonly (string | undefined)[]): string | undefined {
  const fallback = defaults.find((text) => text !== undefined);
  if (fallback === undefined) return `\${${key}}`;
  return /^[^{}"'\\\n]*$/.test(fallback) ? `\${${key}:-${fallback}}` : undefined;
}

/** A value that is nothing but a variable gets quotes where it has none: braces mean something in a flow collection. */
function quoteIfNeeded(value: string, text: string, start: number, end: number): string {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const after = text.slice(end).split('\n', 1)[0] ?? '';
  const isAlone = /(?:^|[\s[,:-])$/.test(before) && /^\s*(?:[,\]}#]|$)/.test(after);
  return isAlone && !isInQuotes(before) ? `"${value}"` : value;
}

function isInQuotes(before: string): boolean {
  let quote = '';
  for (const character of before) {
    if (quote === '') quote = character === '"' || character === "'" ? character : '';
    else if (character === quote) quote = '';
  }
  return quote !== '';
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
