/** What a new plugin is made of. */
export interface Template {
  readonly summary: string;
  /** Folders in `templates/` whose files it has; none of them has a file of another. */
  readonly folders: readonly string[];
  /** Commands to go on with, in the new folder. */
  readonly next: readonly string[];
}

const npmCommands = ['npm install', 'npm test', 'npm run dev'] as const;
const makeCommands = ['make install-dev', 'make test', 'make verify'] as const;

/** Templates by the name that `--template` takes. */
export const templates = {
  native: {
    summary: 'TypeScript, runs in the process of the host',
    folders: ['node', 'native'],
    next: npmCommands,
  },
  typescript: {
    summary: 'plugin server in TypeScript',
    folders: ['node', 'typescript'],
    next: npmCommands,
  },
  python: { summary: 'plugin server in Python', folders: ['server', 'python'], next: makeCommands },
  go: { summary: 'plugin server in Go', folders: ['server', 'go'], next: makeCommands },
  rust: { summary: 'plugin server in Rust', folders: ['server', 'rust'], next: makeCommands },
} as const satisfies Record<string, Template>;

/** Name of a template. */
export type TemplateName = keyof typeof templates;

/** Names of the templates, in the order in which they are offered. */
export const templateNames = Object.keys(templates) as readonly TemplateName[];
