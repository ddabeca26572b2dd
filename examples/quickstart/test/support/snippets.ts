/** A fenced block of a Markdown file. */
export interface Snippet {
  /** What stands after the fence: `sh`, `yaml`, … */
  readonly language: string;
  /** What stands after the language: the name of the file that the block shows; empty for none. */
  readonly file: string;
  readonly text: string;
}

/** The fenced blocks of a Markdown text, in order. */
export function snippetsOf(markdown: string): readonly Snippet[] {
  const blocks = markdown.matchAll(/^```(\w+) ?(.*)\n([\s\S]*?)^```$/gm);
  return [...blocks].map(([, language = '', file = '', text = '']) => ({ language, file, text }));
}

/** The only block of a language; throws when there is none or another one. */
export function onlySnippet(snippets: readonly Snippet[], language: string): string {
  const found = snippets.filter((snippet) => snippet.language === language);
  const [first] = found;
  if (first === undefined || found.length > 1)
    throw new Error(`expected one ${language} block, found ${found.length}`);
  return first.text;
}
