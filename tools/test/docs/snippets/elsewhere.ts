/** Blocks that something else checks, or nothing can: what, or why. By page and first line; `*` is all that commands print there. */
export const elsewhere: Readonly<Record<string, string>> = {
  'docs/cli.md: *': 'packages/cli/test/docs.test.ts compares it with the help of each command',
  'docs/concepts.md: *': 'examples/quickstart/test/transcripts.test.ts runs the command',
  'docs/first-guard.md: *': 'tools/first-steps.mjs runs the commands and writes the page',
  'docs/first-plugin.md: *': 'tools/first-steps.mjs runs the commands and writes the page',
  'docs/migrate.md: *': 'examples/quickstart/test/transcripts.test.ts runs the commands',
  'docs/migrate.md: plugins:':
    'an old configuration, which examples/quickstart/test/transcripts.test.ts migrates',
  'packages/config-loader/README.md: mcpplugins.yaml:4:11 error VALUE_INVALID at plugins[0].mode':
    'what an error looks like: packages/config-loader/test/errors has the format',
  'CONTRIBUTING.md: npx nx g @mcpplugins/tools:plugin output-guard':
    'tools/test/plugin-generator.test.ts runs the generator and what it makes',
  'examples/cli-application/README.md: NOTES_FOLDER=/path/to/notes node src/notes.js /path/to/notes/today.txt':
    'examples/cli-application/test runs the program',
  'examples/quickstart/README.md: npx mcp-inspector --cli node packages/cli/bin/mcpplugins.js run -c examples/quickstart/plugins.yaml -- node node_modules/@modelcontextprotocol/server-everything/dist/index.js --method tools/call --tool-name echo --tool-arg "message=SSN 123-45-6789"':
    'examples/quickstart/test/inspector.test.ts makes the call',
  'examples/quickstart/README.md: npx mcp-inspector --cli --config examples/quickstart/mcp.json --server guarded --method tools/list':
    'examples/quickstart/test/inspector.test.ts makes the call',
  "tools/bench/README.md: import { PluginManager } from '@mcpplugins/framework-core';":
    'the shape of a suite; the suites beside it run',
  "tools/cases/README.md: import { defineAdapter } from '../adapter.mjs';":
    'the shape of an adapter; the adapters beside it run',
};
