import { describeError } from '@mcpplugins/framework-core';
import {
  connectServer,
  type CoveredServer,
  loginProblemOf,
  type TokenStore,
  type UpstreamOptions,
} from '@mcpplugins/gateway';
import { McpSession } from '../mcp/mcp-session.js';
import { readVersion } from '../version.js';

/** What a server has, or why that is not known. */
export interface ListedServer extends CoveredServer {
  readonly problem: string | undefined;
}

/** Asks a server for the names of what it has. Calls nothing. */
export async function listServer(
  name: string,
  options: UpstreamOptions,
  tokens: TokenStore,
): Promise<ListedServer> {
  const { transport, close } = connectServer(name, options, { tokens });
  const isRemote = 'url' in options;
  try {
    const session = new McpSession(transport);
    await session.open(readVersion());
    const namesOf = async (method: string, list: string, key: string): Promise<readonly string[]> =>
      (await session.list(method, list)).map((item) => String(item[key]));
    return {
      name,
      isRemote,
      tools: await namesOf('tools/list', 'tools', 'name'),
      prompts: await namesOf('prompts/list', 'prompts', 'name'),
      resources: await namesOf('resources/list', 'resources', 'uri'),
      problem: undefined,
    };
  } catch (error) {
    return { name, isRemote, problem: loginProblemOf(error, name)?.message ?? describeError(error) };
  } finally {
    await close();
  }
}

/** Says of each server that could not be asked why not. */
export function describeUnreached(servers: readonly ListedServer[]): readonly string[] {
  return servers.flatMap(({ name, problem }) =>
    problem === undefined ? [] : [`server "${name}" cannot be asked what it has: ${problem}`],
  );
}
