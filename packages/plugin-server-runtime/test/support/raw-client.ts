import { request as httpRequest } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { PassThrough } from 'node:stream';
import {
  definePlugin,
  type PluginClass,
  type PluginRegistration,
  block,
  modify,
  proceed,
  respond,
} from '@mcpplugins/framework-core';
import { servePlugins } from '../../src/index.js';

/** An HTTP answer. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
}

/** Sends one HTTP request, as whoever it likes to be. */
export function send(
  url: string,
  { body, ...options }: RequestOptions & { readonly body?: unknown } = {},
): Promise<RawAnswer> {
  const start = url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = start(
      url,
      { method: body === undefined ? 'GET' : 'POST', agent: false, ...options },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      },
    );
    request.once('error', reject);
    request.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body));
  });
}

/** Headers of an MCP client. */
export const mcpHeaders = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
};

/** The request `initialize`. */
export const initialize = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'mcp', version: '0.1.0' } },
};

/** A `tools/call` request. */
export function toolCall(id: number, name: string, given: object, meta?: object): object {
  return {
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: { name, arguments: given, ...(meta === undefined ? {} : { _meta: meta }) },
  };
}

/** A host that speaks JSON lines with a server over stdio, in this process. */
export async function connectStdio(plugins: readonly PluginRegistration[]) {
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  const server = await servePlugins({ plugins, transport: 'stdio', stdin, stdout });
  const answers = new Map<unknown, (message: never) => void>();
  let buffer = '';
  stdout.setEncoding('utf8');
  stdout.on('data', (chunk: string) => {
    buffer += chunk;
    for (let end = buffer.indexOf('\n'); end !== -1; end = buffer.indexOf('\n')) {
      const message = JSON.parse(buffer.slice(0, end)) as { id: unknown };
      buffer = buffer.slice(end + 1);
      answers.get(message.id)?.(message as never);
    }
  });
  let lastId = 0;
  const ask = <Answer>(method: string, params: object = {}): Promise<Answer> => {
    const id = ++lastId;
    stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    return new Promise((resolve) => answers.set(id, resolve as (message: never) => void));
  };
  return {
    server,
    stdin,
    ask,
    notify: (method: string, params: object) =>
      void stdin.write(`${JSON.stringify({ jsonrpc: '2.0', method, params })}\n`),
    /** What the JSON text of a tool's answer says. */
    call: async (name: string, given: object, meta?: object): Promise<unknown> => {
      const answer = await ask<{ result: { content: { text: string }[]; structuredContent?: unknown } }>(
        'tools/call',
        {
          name,
          arguments: given,
          ...(meta === undefined ? {} : { _meta: meta }),
        },
      );
      const [first] = answer.result.content;
      return first === undefined ? answer.result.structuredContent : JSON.parse(first.text);
    },
  };
}

/** A plugin named `Guard` that does what `args.do` says. */
export function guard(): PluginRegistration {
  const pluginClass = definePlugin({
    name: 'guard',
    version: '1.2.3',
    hooks: () => ({
      tool_pre_invoke: (payload, context) => {
        switch (payload.args['do']) {
          case 'block':
            return block({ code: 'C', reason: 'R' });
          case 'modify':
            return modify({ ...payload, args: { done: true } });
          case 'respond':
            return respond({ content: [] });
          case 'throw':
            throw new Error('kaboom');
          case 'hang':
            return new Promise((resolve) =>
              context.signal.addEventListener('abort', () => resolve(proceed())),
            );
          case 'wait':
            return new Promise((resolve) => setTimeout(() => resolve(proceed({ waited: true })), 50));
          default:
            context.setState('seen', context.user ?? null);
            return proceed();
        }
      },
      resource_post_fetch: (payload) => {
        const { contents } = payload.content as { contents: { text: string }[] };
        return modify({
          ...payload,
          content: { contents: contents.map((item) => ({ ...item, text: '***' })) },
        });
      },
    }),
  });
  return { config: { name: 'Guard', kind: 'test' }, load: () => pluginClass as PluginClass };
}

/** Arguments of a call of `tool_pre_invoke`, as a Python host sends them. */
export function preInvoke(args: object, change: object = {}): object {
  return {
    hook_type: 'tool_pre_invoke',
    plugin_name: 'Guard',
    payload: { name: 'echo', args },
    context: {
      state: {},
      global_context: { request_id: 'r', user: 'ada', state: {}, metadata: {} },
      metadata: {},
    },
    ...change,
  };
}
