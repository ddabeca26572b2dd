/**
 * @typedef {object} Step
 * @property {string} command as it is typed in a shell
 * @property {string} text what it is for
 * @property {string} [shows] what its output must have
 * @property {boolean} [isQuiet] whether its output is of no interest
 *
 * @typedef {object} Journey
 * @property {string} page
 * @property {string} title
 * @property {string} introduction
 * @property {readonly Step[]} steps
 * @property {string} end what to read next
 * @property {number} [maxSeconds] of machine time, all commands together
 */

const server = 'npx mcp-server-everything';

/** @type {Journey} */
export const firstGuard = {
  page: 'docs/first-guard.md',
  title: 'From an empty folder to the first refused call',
  introduction:
    'Four commands, with nothing but Node. Each is run by the checks of this repository, which also write this page.',
  maxSeconds: 30,
  steps: [
    {
      text: 'Install the command line, one guard, and an MCP server to guard; instead of it take one of your own.',
      command:
        'npm install @mcpplugins/cli @mcpplugins/plugin-deny-filter @modelcontextprotocol/server-everything',
      isQuiet: true,
    },
    {
      text: 'Write a configuration with the guards that are installed. This one refuses what mentions "Project Nightfall".',
      command: 'npx mcpplugins init',
      shows: 'mcpplugins.yaml is written',
    },
    {
      text: 'A real call through the guard, which goes through:',
      command: `npx mcpplugins explain echo --args '{"message":"hello"}' -- ${server}`,
      shows: 'the server answered',
    },
    {
      text: 'And one that does not:',
      command: `npx mcpplugins explain echo --args '{"message":"Project Nightfall starts on Monday"}' -- ${server}`,
      shows: 'blocked',
    },
  ],
  end: 'Next: [guard the servers of your MCP client](guard-a-server.md).',
};

/** @type {Journey} */
export const firstPlugin = {
  page: 'docs/first-plugin.md',
  title: 'From an empty folder to a tested plugin of your own',
  introduction:
    'Five commands, with nothing but Node. Each is run by the checks of this repository, which also write this page.',
  steps: [
    {
      text: 'Make a plugin. `--template` has plugin servers in TypeScript, Python, Go and Rust as well.',
      command: 'npx -y @mcpplugins/cli new word-guard',
      shows: 'src/index.ts',
    },
    { text: 'Go to its folder, and install what it needs.', command: 'cd word-guard', isQuiet: true },
    { text: '', command: 'npm install', isQuiet: true },
    {
      text: 'Build it, and run its tests and its fixtures.',
      command: 'npm test',
      shows: '3 as expected',
    },
    {
      text: 'Try it in front of a sample server. Without a line on stdin it stays, and starts anew when you change the source.',
      command: `printf 'echo hello\\necho this is forbidden\\n' | npx mcpplugins dev --port 0`,
      shows: 'refused with FORBIDDEN_WORD',
    },
  ],
  end: 'Next: change `src/index.ts`, and read [how to write a plugin](write-a-plugin.md).',
};
