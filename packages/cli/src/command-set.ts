import type { ConfigureCommand } from './command-context.js';

/** A command as the list of commands knows it; its own file is loaded when it is called. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Heading in the list of commands. */
  readonly group: string;
  load(): Promise<ConfigureCommand>;
}

const start = 'Start here:';
const guard = 'Guard a server:';
const check = 'Check the guard:';
const author = 'Write plugins:';
const configuration = 'Write configurations:';

/** Every command, in the order of the list that `--help` shows. */
export const commandSet: readonly CommandEntry[] = [
  {
    name: 'demo',
    summary: 'See a real MCP server before and after it is guarded',
    group: start,
    load: async () => (await import('./commands/demo.js')).configureDemo,
  },
  {
    name: 'init',
    summary: 'Write a configuration with the plugins that are installed',
    group: start,
    load: async () => (await import('./commands/init.js')).configureInit,
  },
  {
    name: 'run',
    summary: 'Start an MCP server behind the plugins of a file',
    group: guard,
    load: async () => (await import('./commands/run.js')).configureRun,
  },
  {
    name: 'gateway',
    summary: 'Serve many MCP servers behind the plugins of a file, over HTTP',
    group: guard,
    load: async () => (await import('./commands/gateway.js')).configureGateway,
  },
  {
    name: 'key',
    summary: 'Make a key for a client of the gateway',
    group: guard,
    load: async () => (await import('./commands/key.js')).configureKey,
  },
  {
    name: 'login',
    summary: 'Log in at a server of the gateway that asks for OAuth',
    group: guard,
    load: async () => (await import('./commands/login.js')).configureLogin,
  },
  {
    name: 'logout',
    summary: 'Forget a login at a server of the gateway',
    group: guard,
    load: async () => (await import('./commands/logout.js')).configureLogout,
  },
  {
    name: 'wrap',
    summary: 'Put the guard in front of the servers that your MCP clients are configured with',
    group: guard,
    load: async () => (await import('./commands/wrap.js')).configureWrap,
  },
  {
    name: 'unwrap',
    summary: 'Give MCP clients their servers back without the guard',
    group: guard,
    load: async () => (await import('./commands/unwrap.js')).configureUnwrap,
  },
  {
    name: 'serve',
    summary: 'Serve the plugins of a file to other hosts, over stdio or HTTP',
    group: guard,
    load: async () => (await import('./commands/serve.js')).configureServe,
  },
  {
    name: 'validate',
    summary: 'Check a configuration; every problem with file, line and column',
    group: check,
    load: async () => (await import('./commands/validate.js')).configureValidate,
  },
  {
    name: 'plan',
    summary: 'Which plugins run around a tool, in which order, and why the others do not',
    group: check,
    load: async () => (await import('./commands/plan.js')).configurePlan,
  },
  {
    name: 'explain',
    summary: 'What every plugin does about one call, dry or real',
    group: check,
    load: async () => (await import('./commands/explain.js')).configureExplain,
  },
  {
    name: 'record',
    summary: 'Guard a server and keep its hook calls, to be replayed',
    group: check,
    load: async () => (await import('./commands/record.js')).configureRecord,
  },
  {
    name: 'replay',
    summary: 'What another configuration would have done with a recorded session; sends nothing',
    group: check,
    load: async () => (await import('./commands/replay.js')).configureReplay,
  },
  {
    name: 'new',
    summary: 'Start a plugin of your own: code, tests, configuration, container',
    group: author,
    load: async () => (await import('./commands/new.js')).configureNew,
  },
  {
    name: 'bootstrap',
    summary: 'As new, with the options of the specification',
    group: author,
    load: async () => (await import('./commands/bootstrap.js')).configureBootstrap,
  },
  {
    name: 'test',
    summary: 'Run fixtures: hook calls with the outcome that each must have',
    group: author,
    load: async () => (await import('./commands/test.js')).configureTest,
  },
  {
    name: 'dev',
    summary: 'Try a plugin while you write it: build, restart, sample server, live decisions',
    group: author,
    load: async () => (await import('./commands/dev.js')).configureDev,
  },
  {
    name: 'add',
    summary: 'Install a plugin and append it to the configuration',
    group: configuration,
    load: async () => (await import('./commands/add.js')).configureAdd,
  },
  {
    name: 'remove',
    summary: 'Take a plugin out of the configuration',
    group: configuration,
    load: async () => (await import('./commands/remove.js')).configureRemove,
  },
  {
    name: 'list',
    summary: 'The plugins of a configuration, and those that it could use',
    group: configuration,
    load: async () => (await import('./commands/list.js')).configureList,
  },
  {
    name: 'info',
    summary: 'Hooks and settings of an installed plugin',
    group: configuration,
    load: async () => (await import('./commands/info.js')).configureInfo,
  },
  {
    name: 'outdated',
    summary: 'Which installed plugins have a newer version',
    group: configuration,
    load: async () => (await import('./commands/outdated.js')).configureOutdated,
  },
  {
    name: 'print-config',
    summary: 'The configuration in effect, each value with the file and line it comes from',
    group: configuration,
    load: async () => (await import('./commands/print-config.js')).configurePrintConfig,
  },
  {
    name: 'schema',
    summary: 'A JSON Schema for editors, with the settings of the installed plugins',
    group: configuration,
    load: async () => (await import('./commands/schema.js')).configureSchema,
  },
  {
    name: 'migrate',
    summary: 'Turn a configuration of ContextForge into one of this project',
    group: configuration,
    load: async () => (await import('./commands/migrate.js')).configureMigrate,
  },
  {
    name: 'doctor',
    summary: 'Whether the guard is really on: coverage, health, likely mistakes with their fixes',
    group: check,
    load: async () => (await import('./commands/doctor.js')).configureDoctor,
  },
  {
    name: 'invoke',
    summary: 'Run the plugins of one hook on a payload from a file',
    group: check,
    load: async () => (await import('./commands/invoke.js')).configureInvoke,
  },
  {
    name: 'verify',
    summary: 'Check a plugin server in any language: tools, shapes, errors, limits',
    group: check,
    load: async () => (await import('./commands/verify.js')).configureVerify,
  },
];
