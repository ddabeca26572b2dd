/** What stands around a block that shows only a part of a file, so that it compiles. */
export interface Frame {
  readonly before: string;
  readonly after?: string;
}

const manager = `import type { PluginManager } from '@mcpplugins/framework-core';
declare const manager: PluginManager;
`;

/** Frames by page and first line of the block. A block that is not here is complete. */
export const frames: Readonly<Record<string, Frame>> = {
  'packages/gateway/README.md: await using gateway = await serveHttp({': {
    before: `import { serveHttp } from '@mcpplugins/gateway';\n${manager}`,
  },
  'packages/gateway/README.md: const askPerson: AskPerson = async ({ server, begin }) => {': {
    before: `import { type AskPerson, FileTokenStore, readLoginAnswer, serveHttp } from '@mcpplugins/gateway';
declare function openAndWait(server: string, url: URL): Promise<URL>;
${manager}`,
  },
  "packages/gateway/README.md: await server.connect(guardTransport(new StdioServerTransport(), { manager, serverName: 'files' }));":
    {
      before: `import { guardTransport } from '@mcpplugins/gateway';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
declare const server: McpServer;
${manager}`,
    },
  "packages/plugin-kit/README.md: await using guarded = createGuardedFetch({ policy: { allowedHosts: ['api.example.com'] }, timeoutMs: 2000 });":
    { before: `import { createGuardedFetch } from '@mcpplugins/plugin-kit';\n` },
  'packages/plugin-kit/README.md: const service = createHttpService({': {
    before: `import type { PluginContext } from '@mcpplugins/framework-core';
import { createHttpService } from '@mcpplugins/plugin-kit';
declare const settings: { readonly url: string };
declare const text: string;
declare const context: PluginContext;
declare function parseVerdict(answer: unknown): { readonly isAllowed: boolean };
export async function ask() {
`,
    after: 'return answer.value.isAllowed;\n}\n',
  },
  'packages/testing/README.md: await using server = await startHttpFaultServer();': {
    before: `import { startHttpFaultServer, type TestHost } from '@mcpplugins/testing';
declare const host: TestHost;
`,
  },
  'packages/gateway/README.md: auth: {': {
    before: `import { serveHttp } from '@mcpplugins/gateway';
${manager}await serveHttp({
  manager,
  servers: { files: { command: 'server' } },
`,
    after: '});\n',
  },
  'packages/gateway/README.md: const metrics = new GatewayMetrics();': {
    before: `import type { LoadedConfig } from '@mcpplugins/config-loader';
import { PluginManager } from '@mcpplugins/framework-core';
import { gatewayHooks, GatewayMetrics, serveHttp, type ServeHttpOptions } from '@mcpplugins/gateway';
declare const config: LoadedConfig;
declare const servers: ServeHttpOptions['servers'];
`,
  },
};
