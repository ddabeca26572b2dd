import { externalKind } from '@mcpplugins/external-client';
import { PluginManager, resolvePluginConfig } from '@mcpplugins/framework-core';
import { ourMessages } from './messages.mjs';
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
  const call = async () => {
    // A request of its own for each call, as hosts have it.
    const request = manager.openRequest({ user: 'ada' });
    const outcome = await request.invoke('tool_pre_invoke', /** @type {never} */ (payload));
    request.close();
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
export async function openSdkClient(transport, what) {
  const client = new Client({ name: 'x', version: '0' });
  await client.connect(transport);
  const { params } = ourMessages(what);
  const call = async () => {
    const result = await client.callTool(params);
    JSON.parse(/** @type {{ text: string }[]} */ (result.content)[0]?.text ?? '');
  };
  return {
    loop: (/** @type {number} */ concurrency) => concurrently(concurrency, call),
    close: () => client.close(),
  };
}

/**
 * The bytes of our calls as JSON lines to a process that sends some JSON line back for each, with the same id.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {{ plugin: string, payload: object }} what
 */
export function openRawLines({ stdin, stdout }, what) {
  const { params } = ourMessages(what);
  /** @type {Map<number, () => void>} */
  const waiting = new Map();
  let lastId = 0;
  let rest = '';
  stdout?.setEncoding('utf8').on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const { id } = JSON.parse(line);
      waiting.get(id)?.();
      waiting.delete(id);
    }
  });
  const call = () =>
    /** @type {Promise<void>} */ (
      new Promise((resolve) => {
        waiting.set(++lastId, resolve);
        stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', id: lastId, method: 'tools/call', params })}\n`);
      })
    );
  return { loop: (/** @type {number} */ concurrency) => concurrently(concurrency, call) };
}
