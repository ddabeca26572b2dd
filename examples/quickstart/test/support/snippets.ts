/** A fenced block of a Markdown file. */
export interface Snippet {
  /** What stands after the fence: `sh`, `yaml`, … */
  readonly language: string;
  readonly text: string;
}

/** The fenced blocks of a Markdown text, in order. */
export function snippetsOf(markdown: string): readonly Snippet[] {
  return [...markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({
    language,
    text,
  }));
}

/** The only block of a language; throws when there is none or another one. */
export function onlySnippet(snippets: readonly Snippet[], language: string): string {
  const found = snippets.filter((snippet) => snippet.language === language);
  const [first] = found;
  if (first === undefined || found.length > 1)
    throw new Error(`expected one ${language} block, found ${found.length}`);
  return first.text;
}
