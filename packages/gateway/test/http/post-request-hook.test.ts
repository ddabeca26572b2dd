import { once } from 'node:events';
import { connect } from 'node:net';
import { createServer, request as requestHttp, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { block, type HookHandlers, modify, type PluginMode, silentLogger } from '@mcpplugins/framework-core';
import { afterEach, describe, expect, it } from 'vitest';
import { PostRequestHook } from '../../src/http/post-request-hook.js';
import {
  answerOf,
  initialize,
  openSession,
  post,
  startGuarded,
  startHttpManager,
} from '../support/guarded-http.js';
import { startUpstream } from '../support/http-upstream.js';
import { stopAll } from '../support/start-http.js';

afterEach(stopAll);

const call = { id: 1, method: 'tools/call', params: { name: 't' } };
const addHeader: HookHandlers = {
  http_post_request: ({ responseHeaders, ...rest }) =>
    modify({ ...rest, responseHeaders: { ...responseHeaders, 'X-Guarded': 'yes' } }),
};

/** A promise that a test keeps. */
function gate() {
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe('http_post_request', () => {
  it('sees how a request was answered, without credentials, and what http_pre_request kept', async () => {
    const seen: unknown[] = [];
    await using upstream = await startUpstream();
    const { url } = await startGuarded({ s: { url: upstream.url } }, [
      [
        {
          http_pre_request: (payload, context) => {
            context.setState('team', payload.headers['x-team']);
            context.local.set('step', 1);
          },
          http_post_request: (payload, context) =>
            void seen.push([payload, context.getState('team'), context.local.get('step')]),
        },
      ],
    ]);
    await post(url, initialize, { authorization: 'Bearer hunter2', 'x-team': 'blue' });
    expect(seen).toMatchObject([
      [
        {
          path: '/mcp',
          method: 'POST',
          clientHost: '127.0.0.1',
          headers: { authorization: '[redacted]', 'x-team': 'blue' },
          statusCode: 200,
          responseHeaders: { 'content-type': 'application/json', 'mcp-session-id': '[redacted]' },
        },
        'blue',
        1,
      ],
    ]);
    expect(JSON.stringify(seen)).not.toContain('hunter2');
  });

  it('runs on refusals too, and its headers are sent', async () => {
    const statuses: unknown[] = [];
    await using upstream = await startUpstream();
    let isKnown = true;
    const { url } = await startGuarded(
      { s: { url: upstream.url } },
      [[{ http_post_request: ({ statusCode }) => void statuses.push(statusCode) }], [addHeader]],
      {
        authenticate: () =>
          isKnown
            ? { principal: 'ada' }
            : { refusal: 'unauthorized', headers: { 'www-authenticate': 'Bearer realm="x"' } },
        maxMessageBytes: 1000,
      },
    );
    const answers = [
      await post(url, call, { 'mcp-session-id': 'unknown' }),
      await post(url, call),
      await post(url, initialize, { origin: 'https://elsewhere.example' }),
      await post(url, { ...call, params: { text: 'x'.repeat(2000) } }),
      await fetch(url, { method: 'PUT' }),
    ];
    isKnown = false;
    answers.push(await post(url, initialize));
    const found = answers.map(({ status }) => status);
    expect(found).toEqual([404, 400, 403, 413, 405, 401]);
    expect(statuses).toEqual(found);
    expect(answers.every(({ headers }) => headers.get('x-guarded') === 'yes')).toBe(true);
    expect(answers.at(-1)?.headers.get('www-authenticate')).toBe('Bearer realm="x"');
    expect(answers.at(-2)?.headers.get('allow')).toBe('GET, POST, DELETE');
  });

  it('withholds an answer that it blocks: nothing of it is sent, and nobody keeps its session', async () => {
    await using upstream = await startUpstream();
    const status = { current: undefined as number | undefined };
    const { url, gateway, lines } = await startGuarded({ s: { url: upstream.url } }, [
      [
        {
          http_post_request: () => block({ code: 'NO', reason: 'Not there', httpStatusCode: status.current }),
        },
      ],
    ]);
    for (const [given, sent] of [
      [undefined, 403],
      [451, 451],
      [200, 403],
    ] as const) {
      status.current = given;
      const response = await post(url, initialize);
      expect([response.status, await response.json()]).toEqual([
        sent,
        { jsonrpc: '2.0', id: null, error: { code: -32000, message: 'Not there (NO)' } },
      ]);
      expect(response.headers.get('mcp-session-id')).toBeNull();
      await expect.poll(() => gateway.sessionCount).toBe(0);
    }
    expect(lines[1]).toEqual([
      'the answer to a request was withheld',
      { plugin: 'guard-1', hook: 'http_post_request', code: 'NO', path: '/mcp' },
    ]);
  });

  it('keeps a connection from being used again whose request was not read', async () => {
    await using upstream = await startUpstream();
    const { url } = await startGuarded(
      { s: { url: upstream.url } },
      [[{ http_post_request: () => block({ code: 'NO', reason: 'Not there' }) }]],
      { maxMessageBytes: 1000 },
    );
    const response = await post(url, { ...call, params: { text: 'x'.repeat(2000) } });
    expect([response.status, response.headers.get('connection')]).toEqual([403, 'close']);
  });

  it('cannot change headers of the transport', async () => {
    await using upstream = await startUpstream();
    for (const name of ['Content-Length', 'mcp-session-id', 'content-type', 'Transfer-Encoding']) {
      const { url } = await startGuarded({ s: { url: upstream.url } }, [
        [
          {
            http_post_request: ({ responseHeaders, ...rest }) =>
              modify({ ...rest, responseHeaders: { ...responseHeaders, [name]: '7' } }),
          },
        ],
      ]);
      expect([name, (await post(url, initialize)).status]).toEqual([name, 500]);
    }
  });

  it.each<[PluginMode, string, number]>([
    ['enforce', 'blocks', 403],
    ['enforce', 'fails', 500],
    ['enforce', 'hangs', 500],
    ['enforce_ignore_error', 'blocks', 403],
    ['enforce_ignore_error', 'fails', 200],
    ['enforce_ignore_error', 'hangs', 200],
    ['permissive', 'blocks', 200],
    ['permissive', 'fails', 200],
    ['audit', 'blocks', 200],
    ['fire_and_forget', 'blocks', 200],
  ])('in mode %s: what a plugin that %s leads to is %i', async (mode, behaviour, status) => {
    const behaviours: Readonly<Record<string, () => unknown>> = {
      blocks: () => block({ code: 'NO', reason: 'Not there' }),
      fails: () => {
        throw new Error('broken');
      },
      hangs: () => new Promise(() => undefined),
    };
    await using upstream = await startUpstream();
    const hooks = { http_post_request: behaviours[behaviour] } as HookHandlers;
    const { url } = await startGuarded({ s: { url: upstream.url } }, [[hooks, { mode, timeout: 0.05 }]]);
    expect((await post(url, initialize)).status).toBe(status);
  });

  it.each([
    ['JSON', 100_000, 'application/json'],
    ['a stream', 0, 'text/event-stream'],
  ])('lets a large answer as %s through whole and in order', async (_what, streamAfterMs, type) => {
    const text = 'é'.repeat(2_000_000);
    const answering = gate();
    await using upstream = await startUpstream((response, { id }) => {
      if (id !== 1) return false;
      void answering.opened.then(() => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ jsonrpc: '2.0', id, result: { text } }));
      });
      return true;
    });
    const released = gate();
    let isHeld = false;
    const { url } = await startGuarded(
      { s: { url: upstream.url } },
      [
        [
          {
            http_post_request: async ({ responseHeaders, ...rest }) => {
              if (!isHeld && rest.headers['x-hold'] === 'yes') {
                isHeld = true;
                await released.opened;
              }
              return modify({ ...rest, responseHeaders: { ...responseHeaders, 'x-guarded': 'yes' } });
            },
          },
        ],
      ],
      { streamAfterMs },
    );
    const session = await openSession(url);
    let isAnswered = false;
    const answered = post(url, call, { ...session, 'x-hold': 'yes' }).then((response) => {
      isAnswered = true;
      return response;
    });
    if (type === 'application/json') answering.open();
    await expect.poll(() => isHeld).toBe(true);
    answering.open();
    // The answer of the server is written while its head is held.
    await expect.poll(() => upstream.methods.length).toBe(2);
    expect(isAnswered).toBe(false);
    released.open();
    const response = await answered;
    expect([response.headers.get('content-type'), response.headers.get('x-guarded')]).toEqual([type, 'yes']);
    expect(await answerOf(response)).toEqual({ jsonrpc: '2.0', id: 1, result: { text } });
  });

  it('blocks a stream before its first event', async () => {
    const answering = gate();
    await using upstream = await startUpstream((response, { id }) => {
      if (id !== 1) return false;
      void answering.opened.then(() => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ jsonrpc: '2.0', id, result: { text: 'hunter2' } }));
      });
      return true;
    });
    const { url } = await startGuarded(
      { s: { url: upstream.url } },
      [
        [
          {
            http_post_request: ({ responseHeaders }) =>
              responseHeaders?.['content-type'] === 'text/event-stream'
                ? block({ code: 'NO', reason: 'No streams' })
                : undefined,
          },
        ],
      ],
      { streamAfterMs: 0 },
    );
    const session = await openSession(url);
    const response = await post(url, call, session);
    answering.open();
    expect([response.status, await response.text()]).toEqual([403, expect.not.stringContaining('hunter2')]);
  });

  it('is over when the client goes away', async () => {
    const aborted = gate();
    let isHeld = false;
    await using upstream = await startUpstream();
    const { url, lines } = await startGuarded({ s: { url: upstream.url } }, [
      [
        {
          http_post_request: ({ method }, { signal }) => {
            if (method !== 'PUT') return undefined;
            isHeld = true;
            signal.addEventListener('abort', aborted.open);
            return new Promise<undefined>(() => undefined);
          },
        },
      ],
    ]);
    const request = requestHttp(url, { method: 'PUT' }).on('error', () => {});
    request.end();
    await expect.poll(() => isHeld).toBe(true);
    request.destroy();
    await aborted.opened;
    expect((await post(url, initialize)).status).toBe(200);
    expect(lines).toEqual([['server "s" is ready', undefined]]);
  });

  it('leaves answers alone while no plugin is on it', async () => {
    for (const [hooks, isHeld] of [
      [{ http_pre_request: () => undefined }, false],
      [{ http_post_request: () => undefined }, true],
    ] as const) {
      const manager = await startHttpManager([hooks]);
      const hook = new PostRequestHook({ manager, logger: silentLogger, onLostSession: () => {} });
      const server = createServer((request, response) => {
        hook.guard(request, response, '/');
        response.setHeader('x-held', String(Object.hasOwn(response, 'writeHead')));
        response.end();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      const { headers } = await fetch(`http://127.0.0.1:${port}/`);
      expect(headers.get('x-held')).toBe(String(isHeld));
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

describe('an answer whose head is held', () => {
  /** What a client gets of an answer, with a hook that waits until it may go on. */
  async function answer(
    write: (response: ServerResponse, release: () => void) => Promise<void> | void,
    hook: HookHandlers,
  ): Promise<string> {
    const manager = await startHttpManager([hook]);
    const postRequest = new PostRequestHook({ manager, logger: silentLogger, onLostSession: () => {} });
    const server = createServer((request, response) => {
      postRequest.guard(request, response, '/');
      void write(response, released.open);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.0\r\n\r\n');
    let text = '';
    socket.on('data', (chunk) => (text += String(chunk)));
    await once(socket, 'close');
    await new Promise((resolve) => server.close(resolve));
    return text;
  }

  let released = gate();
  const wait: HookHandlers = { http_post_request: () => released.opened.then(() => undefined) };

  it('makes its writer wait, and go on once what was held is under way', async () => {
    released = gate();
    const results: unknown[] = [];
    const text = await answer(async (response, release) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      results.push(response.write('a'), response.writableLength, response.write('b'.repeat(100_000)));
      results.push(response.writableLength);
      const drained = once(response, 'drain');
      release();
      await drained;
      results.push(Object.hasOwn(response, 'write'));
      response.end('c');
    }, wait);
    expect(results).toEqual([true, 1, false, 100_001, false]);
    expect(text.split('\r\n\r\n')[1]).toBe(`a${'b'.repeat(100_000)}c`);
  });

  it('has a head even when nobody wrote one', async () => {
    for (const write of [
      (response: ServerResponse) => response.end('x'),
      (response: ServerResponse) => {
        response.write('x');
        response.end();
      },
      (response: ServerResponse) => {
        response.flushHeaders();
        response.end('x');
      },
    ]) {
      const text = await answer((response) => {
        response.statusCode = 404;
        response.setHeader('x-own', 'yes');
        write(response);
      }, addHeader);
      expect(text).toMatch(/^HTTP\/1.1 404 .*x-own: yes\r\nx-guarded: yes.*x$/s);
    }
  });

  it('takes no more once another answer has taken its place', async () => {
    const errors: unknown[] = [];
    const text = await answer(
      async (response) => {
        response.on('error', (error) => errors.push(error));
        response.writeHead(200);
        response.write('hunter2');
        await once(response, 'finish');
        expect(response.write('hunter2')).toBe(true);
        response.writeHead(200).end('hunter2');
        response.flushHeaders();
      },
      { http_post_request: () => block({ code: 'NO', reason: 'Not there' }) },
    );
    expect(text).toMatch(/^HTTP\/1.1 403 .*Not there \(NO\)/s);
    expect(text).not.toContain('hunter2');
    expect(errors).toEqual([]);
  });
});
