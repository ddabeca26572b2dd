import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './support/paths.js';
import { snippetsOf } from './support/snippets.js';

const examples = path.join(root, 'examples');
const readmes = readdirSync(examples)
  .map((name) => `examples/${name}/README.md`)
  .filter((page) => existsSync(path.join(root, page)));

/** A text without what formatting decides: white space, and commas before a closing bracket. */
function withoutLayout(text: string): string {
  return text.replaceAll(/\s+/g, '').replaceAll(/,(?=[)\]}])/g, '');
}

describe.each(['docs/embed.md', ...readmes])('%s', (page) => {
  const text = readFileSync(path.join(root, page), 'utf8');

  it('shows code that is part of an example, which its tests compile and run', () => {
    const code = snippetsOf(text).filter(({ language }) => ['ts', 'js', 'yaml'].includes(language));
    const invented = code.filter(({ file, text: excerpt }) => {
      const source = path.join(examples, file);
      return (
        file === '' ||
        !existsSync(source) ||
        !withoutLayout(readFileSync(source, 'utf8')).includes(withoutLayout(excerpt))
      );
    });
    expect(invented).toEqual([]);
  });
});
