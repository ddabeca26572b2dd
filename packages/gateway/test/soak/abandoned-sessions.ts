import { silentLogger } from '@mcpplugins/framework-core';
import { expect } from 'vitest';
import { heapAfterCollection } from '../support/collect-garbage.js';
import { startCountingServer } from '../support/counting-server.js';
import { type Headers, openSession } from '../support/raw-http.js';
import { startHttpGateway, stopAll } from '../support/start-http.js';

const openedAtOnce = 32;
/** One session in ten has a stream, whose connection is cut. */
const streamEvery = 10;

/** What came of sessions that nobody came back to. */
interface Abandoned {
  /** Sessions that are left in the gateway. */
  readonly left: number;
  /** Sessions with the server that were opened and ended, as it counted them. */
  readonly upstream: { readonly opened: number; readonly ended: number };
  /** Bytes of heap with all of a first round gone, while the sessions are open, and with all of them gone. */
  readonly heap: { readonly before: number; readonly open: number; readonly after: number };
}

/** Opens sessions, leaves them, and waits until they are gone. A tenth as many did so before. */
export async function abandonSessions(count: number, sessionIdleMs: number): Promise<Abandoned> {
  const server = await startCountingServer();
  // What the gateway logs is no part of its memory.
  const options = { logger: silentLogger, sessionIdleMs, maxSessions: count };
  const { gateway, url } = await startHttpGateway({ c: { url: server.url } }, [], options);
  const untilGone = async (): Promise<void> => {
    await expect.poll(() => gateway.sessionCount, { timeout: 10 * sessionIdleMs, interval: 100 }).toBe(0);
  };
  try {
    await open(url, Math.ceil(count / 10));
    await untilGone();
    const before = heapAfterCollection();
    await open(url, count);
    const heapOpen = heapAfterCollection();
    await untilGone();
    const after = heapAfterCollection();
    const counts = await fetch(new URL('/counts', server.url));
    const { opened, ended } = (await counts.json()) as Abandoned['upstream'];
    const heap = { before, open: heapOpen, after };
    return { left: gateway.sessionCount, upstream: { opened, ended }, heap };
  } finally {
    await stopAll();
    server.stop();
  }
}

async function open(url: URL, count: number): Promise<void> {
  let left = count;
  const worker = async (): Promise<void> => {
    for (let number = left--; number > 0; number = left--) {
      const session = await openSession(url);
      if (number % streamEvery === 0) await loseStream(url, session);
    }
  };
  await Promise.all(Array.from({ length: openedAtOnce }, worker));
}

async function loseStream(url: URL, session: Headers): Promise<void> {
  const cut = new AbortController();
  const headers = { ...session, accept: 'text/event-stream' };
  const { status } = await fetch(url, { headers, signal: cut.signal });
  expect(status).toBe(200);
  cut.abort();
}
