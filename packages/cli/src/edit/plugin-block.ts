import { Document } from 'yaml';

/** A plugin to be written into a configuration. */
export interface PluginBlock {
  readonly name: string;
  readonly kind: string;
  readonly mode: string;
  readonly priority: number;
  /** Settings to start from. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Written above the block. */
  readonly comment: string | undefined;
}

/** A plugin as an item of a block list, ending with a newline. */
export function formatPluginBlock({ comment, config, ...fields }: PluginBlock, indent: string): string {
  const hasConfig = Object.keys(config).length > 0;
  const document = new Document(hasConfig ? { ...fields, config } : fields);
  const lines = document.toString({ singleQuote: true, lineWidth: 0 }).trimEnd().split('\n');
  const item = lines.map((line, index) => `${indent}${index === 0 ? '- ' : '  '}${line}\n`).join('');
  return comment === undefined ? item : `${indent}# ${comment.replaceAll(/\s+/g, ' ')}\n${item}`;
}
