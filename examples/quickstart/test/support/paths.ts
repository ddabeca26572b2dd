import { fileURLToPath } from 'node:url';

/** Root of the repository: the commands of the README are meant to be typed there. */
export const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** The server of the example, as the README writes it. */
export const serverCommand = [
  'node',
  'node_modules/@modelcontextprotocol/server-everything/dist/index.js',
] as const;

/** The guard of the example in front of it. */
export const guardCommand = [
  'node',
  'packages/cli/bin/mcpplugins.js',
  'run',
  '-c',
  'examples/quickstart/plugins.yaml',
] as const;
