import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ServeHttpOptions } from '../../src/http/serve-http.js';
import { type Headers, openSession, post } from '../support/raw-http.js';
import { startHttpGateway, stopAll } from '../support/start-http.js';

afterEach(stopAll);

/** A server that keeps every tool call until the test lets it go. */
async function startHolding() {
  const held: { readonly response: ServerResponse; readonly id: unknown }[] = [];
  const seen = { most: 0, calls: 0 };
  const answer = (response: ServerResponse, id: unknown): void => {
    const headers = { 'content-type': 'application/json', 'mcp-session-id': 'one' };
    response.writeHead(200, headers).end(JSON.stringify({ jsonrpc: '2.0', id, result: { content: [] } }));
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const { id, method } = (body === '' ? {} : JSON.parse(body)) as { id?: unknown; method?: string };
      if (method !== 'tools/call') {
        answer(response, id);
        return;
      }
      held.push({ response, id });
      seen.calls++;
      seen.most = Math.max(seen.most, held.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    seen,
    get running() {
      return held.length;
    },
    /** Answers the call that has waited longest. */
    letGo() {
      const first = held.shift();
      if (first !== undefined) answer(first.response, first.id);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What a client may say about where it comes from. */
function forged(number: number): Headers {
  const address = `2001:db8::${number.toString(16)}`;
  return { 'x-forwarded-for': address, 'x-real-ip': address, forwarded: `for="[${address}]"` };
}

type Verdict = 'answered' | 'OVERLOADED';

/** Makes one call and says what came of it. */
async function call(url: URL, session: Headers, id: number): Promise<Verdict> {
  const response = await post(url, { id, method: 'tools/call', params: { name: 't' } }, session);
  const text = await response.text();
  return text.includes('"OVERLOADED"') ? 'OVERLOADED' : 'answered';
}

async function gaugesOf(url: URL): Promise<{ running: number; waiting: number }> {
  const text = await (await fetch(new URL('/metrics', url))).text();
  const of = (name: string): number =>
    Number(new RegExp(`^mcpplugins_calls_${name} (\\d+)$`, 'm').exec(text)?.[1]);
  return { running: of('running'), waiting: of('waiting') };
}

const count = (verdicts: readonly Verdict[], verdict: Verdict): number =>
  verdicts.filter((one) => one === verdict).length;

const start = (upstream: { readonly url: string }, options: Partial<ServeHttpOptions>) =>
  startHttpGateway({ c: { url: upstream.url } }, [{ tool_pre_invoke: () => undefined }], options);

describe('C23: limits of calls in flight (of calls by time there is no limit)', () => {
  it('64 clients at the edge: never one call too many, never one too few, however they forge where they come from', async () => {
    await using upstream = await startHolding();
    const { url } = await start(upstream, { limits: { maxConcurrentCalls: 8, maxWaitingCalls: 20 } });
    const sessions = await Promise.all(
      Array.from({ length: 64 }, (_, index) => openSession(url, forged(index))),
    );
    const calls = sessions.flatMap((session, index) =>
      [1, 2].map((id) => call(url, { ...session, ...forged(100 * id + index) }, id)),
    );
    const turnedAway = 2 * 64 - 8 - 20;
    await expect.poll(() => gaugesOf(url), { timeout: 20_000 }).toEqual({ running: 8, waiting: 20 });
    await expect.poll(() => upstream.running, { timeout: 20_000 }).toBe(8);
    for (let answered = 1; answered <= 28; answered++) {
      upstream.letGo();
      const running = Math.min(8, 28 - answered);
      await expect.poll(() => upstream.running, { timeout: 20_000 }).toBe(running);
    }
    const verdicts = await Promise.all(calls);
    expect(upstream.seen).toEqual({ most: 8, calls: 28 });
    expect([count(verdicts, 'answered'), count(verdicts, 'OVERLOADED')]).toEqual([28, turnedAway]);
    expect(await gaugesOf(url)).toEqual({ running: 0, waiting: 0 });
  });

  it('that of a session is of the session, not of who it belongs to: two of them have it twice, and no more than the limit of all', async () => {
    await using upstream = await startHolding();
    const { url } = await start(upstream, {
      limits: { maxConcurrentCalls: 5, maxConcurrentCallsPerSession: 2 },
      authenticate: ({ headers }) => ({ principal: headers.authorization ?? '' }),
    });
    const callsOf = async (number: number) => {
      const session = await openSession(url, { authorization: 'Bearer ada', ...forged(number) });
      return [1, 2, 3, 4].map((id) => call(url, { ...session, ...forged(10 * number + id) }, id));
    };
    const calls = await callsOf(1);
    const both = async () => ({ ...(await gaugesOf(url)), upstream: upstream.running });
    await expect.poll(both, { timeout: 20_000 }).toEqual({ running: 2, waiting: 2, upstream: 2 });
    calls.push(...(await callsOf(2)));
    await expect.poll(both, { timeout: 20_000 }).toEqual({ running: 4, waiting: 4, upstream: 4 });
    calls.push(...(await callsOf(3)));
    await expect.poll(both, { timeout: 20_000 }).toEqual({ running: 5, waiting: 7, upstream: 5 });
    while (upstream.seen.calls < 12 || upstream.running > 0) {
      upstream.letGo();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(count(await Promise.all(calls), 'answered')).toBe(12);
    expect(upstream.seen.most).toBe(5);
  });
});
