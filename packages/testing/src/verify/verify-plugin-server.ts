import { type OpenServer, openServer } from '@mcpplugins/external-client';
import { builtInContracts } from '@mcpplugins/framework-core/contracts';
import {
  decodePluginDescription,
  decodePluginDescriptions,
  detectDialect,
  type PluginDescription,
  readToolResult,
  type WireDialect,
} from '@mcpplugins/framework-core/wire';
import { type Check, type CheckResult, fails, runCheck, type Subject, warns } from './check.js';
import { describeChecks } from './describe-checks.js';
import { hookChecks } from './hook-checks.js';
import { limitChecks, type LimitChecksOptions } from './limit-checks.js';

/** What `verifyPluginServer` takes. */
export interface VerifyOptions {
  /** How to reach the server, as the `mcp` block of an external plugin says it. */
  readonly mcp: Readonly<Record<string, unknown>>;
  /** Plugins to look at. Default: all that the server lists. */
  readonly plugins?: readonly string[] | undefined;
  /** Where relative paths start. Default: the folder of the process. */
  readonly directory?: string | undefined;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Milliseconds that one answer may take. Default 10 000. */
  readonly timeoutMs?: number | undefined;
}

/** What a plugin server does right and wrong. */
export interface Verification {
  /** Whether no check fails; there may be warnings. */
  readonly ok: boolean;
  readonly dialect: WireDialect | undefined;
  readonly plugins: readonly string[];
  readonly checks: readonly CheckResult[];
}

/**
 * Checks a plugin server in any language against what hosts need of it. Findings are in words for whoever writes it.
 * @throws FrameworkError `PEER_START_FAILED` and what else keeps a session from being opened
 */
export async function verifyPluginServer(options: VerifyOptions): Promise<Verification> {
  const { mcp, directory = process.cwd(), env = process.env, timeoutMs = 10_000 } = options;
  const checks: CheckResult[] = [];
  const run = async (list: readonly Check[]): Promise<void> => {
    for (const check of list) checks.push(await runCheck(check));
  };
  const open = () => openServer({ mcp, directory, env });
  const server = await open();
  let dialect: WireDialect | undefined;
  let plugins = options.plugins ?? [];
  try {
    const subject = { server, timeoutMs };
    let tools: readonly string[] = [];
    await run([
      {
        id: 'tools.list',
        title: 'tools/list is answered',
        run: async () => {
          tools = await server.listTools(AbortSignal.timeout(timeoutMs));
          return undefined;
        },
      },
    ]);
    dialect = detectDialect(
      tools,
      builtInContracts.map(({ name }) => name),
    );
    await run(toolChecks(tools, dialect));
    if (plugins.length === 0) plugins = await listPlugins(subject);
    await run([pluginsCheck(plugins)]);
    for (const plugin of plugins) {
      await run(describeChecks(subject, plugin));
      if (dialect !== undefined) await run(await pluginChecks(subject, { plugin, dialect, open }));
    }
  } finally {
    await run([endCheck(server)]);
  }
  return { ok: checks.every(({ status }) => status !== 'fails'), dialect, plugins, checks };
}

function toolChecks(tools: readonly string[], dialect: WireDialect | undefined): readonly Check[] {
  const seen = `it has ${tools.slice(0, 10).join(', ') || 'no tool at all'}`;
  return [
    {
      id: 'tools.dialect',
      title: 'hooks can be called, by the tool invoke_hook or by one tool a hook',
      run: () => (dialect === undefined ? fails(`neither is there; ${seen}`) : undefined),
    },
    {
      id: 'tools.config',
      title: 'there is a tool get_plugin_config',
      run: () => (tools.includes('get_plugin_config') ? undefined : fails(`it is not there; ${seen}`)),
    },
    {
      id: 'tools.configs',
      title: 'there is a tool get_plugin_configs',
      run: () =>
        tools.includes('get_plugin_configs')
          ? undefined
          : warns('it is not there; people cannot ask which plugins there are'),
    },
  ];
}

function pluginsCheck(plugins: readonly string[]): Check {
  return {
    id: 'plugins.known',
    title: 'the server says which plugins it has',
    run: () => (plugins.length > 0 ? undefined : fails('it lists none; name one to look at')),
  };
}

async function listPlugins({ server, timeoutMs }: Subject): Promise<readonly string[]> {
  try {
    const params = { name: 'get_plugin_configs', arguments: {} };
    const list = readToolResult(await server.request('tools/call', params, AbortSignal.timeout(timeoutMs)));
    return decodePluginDescriptions(list).map(({ name }) => name);
  } catch {
    return [];
  }
}

async function pluginChecks(
  subject: Subject,
  { plugin, dialect, open }: Omit<LimitChecksOptions, 'hook'>,
): Promise<readonly Check[]> {
  const description = await describe(subject, plugin);
  const contracts = builtInContracts.filter(({ name }) => description?.hooks?.includes(name) === true);
  const takesNativePayloads = description?.features.has('native_payloads') === true;
  const [first] = contracts;
  return [
    ...contracts.flatMap((contract) =>
      hookChecks(subject, { plugin, contract, dialect, takesNativePayloads }),
    ),
    ...(first === undefined ? [] : limitChecks(subject, { plugin, hook: first.name, dialect, open })),
  ];
}

async function describe(
  { server, timeoutMs }: Subject,
  plugin: string,
): Promise<PluginDescription | undefined> {
  try {
    const params = { name: 'get_plugin_config', arguments: { name: plugin } };
    const answer = await server.request('tools/call', params, AbortSignal.timeout(timeoutMs));
    return decodePluginDescription(readToolResult(answer));
  } catch {
    // The check of the description has said why.
    return undefined;
  }
}

function endCheck(server: OpenServer): Check {
  return {
    id: 'server.end',
    title: 'the server ends when its host goes',
    run: async () => {
      await server.close();
      return undefined;
    },
  };
}
