import { externalKind } from '@mcpplugins/external-client';
import { PluginManager, resolvePluginConfig } from '@mcpplugins/framework-core';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';

/**
 * Makes so many calls, so many at a time.
 *
 * @param {number} concurrency
 * @param {() => Promise<unknown>} call
 * @returns {(calls: number) => Promise<void>}
 */
function concurrently(concurrency, call) {
  return async (calls) => {
    let left = calls;
    const worker = async () => {
      while (left-- > 0) await call();
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
  };
}

/**
 * Hook calls of our host on one external plugin.
 *
 * @param {Readonly<Record<string, unknown>>} mcp
 * @param {{ plugin: string, payload: object }} what
 */
export async function openOurHost(mcp, { plugin, payload }) {
  const kind = externalKind();
  const config = { name: plugin, kind: 'external', mcp, hooks: ['tool_pre_invoke'] };
  const context = { directory: import.meta.dirname, env: process.env };
  const manager = await PluginManager.start({
    plugins: [{ config, load: () => kind(resolvePluginConfig(config), context) }],
  });
  const request = manager.openRequest({ user: 'ada' });
  const call = async () => {
    const outcome = await request.invoke('tool_pre_invoke', /** @type {never} */ (payload));
    if (!outcome.continueProcessing) throw new Error(JSON.stringify(outcome.violation));
  };
  return {
    loop: (/** @type {number} */ concurrency) => concurrently(concurrency, call),
    close: () => manager.shutdown(),
  };
}

/**
 * The same call by the SDK's own client.
 *
 * @param {import('@modelcontextprotocol/sdk/shared/transport.js').Transport} transport
 * @param {{ plugin: string, payload: object }} what
 */
export async function openSdkClient(transport, { plugin, payload }) {
  const client = new Client({ name: 'x', version: '0' });
  await client.connect(transport);
  const given = {
    hook_type: 'tool_pre_invoke',
    plugin_name: plugin,
    payload,
    context: {
      state: {},
      global_context: { request_id: '1', user: 'ada', state: {}, metadata: {} },
      metadata: {},
    },
  };
  const call = async () => {
    const result = await client.callTool({ name: 'invoke_hook', arguments: given });
    JSON.parse(/** @type {{ text: string }[]} */ (result.content)[0]?.text ?? '');
  };
  return {
    loop: (/** @type {number} */ concurrency) => concurrently(concurrency, call),
    close: () => client.close(),
  };
}

/**
 * JSON lines of the same size to a process that sends them back.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {object} payload
 */
export function openRawEcho({ stdin, stdout }, payload) {
  const request = {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'invoke_hook', arguments: { payload } },
  };
  /** @type {(() => void)[]} */
  const waiting = [];
  let rest = '';
  stdout?.setEncoding('utf8').on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      JSON.parse(line);
      waiting.shift()?.();
    }
  });
  const call = () =>
    /** @type {Promise<void>} */ (
      new Promise((resolve) => {
        waiting.push(resolve);
        stdin?.write(`${JSON.stringify(request)}\n`);
      })
    );
  return { loop: (/** @type {number} */ concurrency) => concurrently(concurrency, call) };
}
