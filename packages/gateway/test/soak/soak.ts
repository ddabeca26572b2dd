import { block, modify, silentLogger } from '@mcpplugins/framework-core';
import { StreamableHttpClientTransport } from '@mcpplugins/mcp-transport';
import { heapAfterCollection } from '../support/collect-garbage.js';
import { startCountingServer } from '../support/counting-server.js';
import { startHttpGateway } from '../support/start-http.js';

const sessionCount = 64;
const callsAtOnce = 4;
/** One call in ten is refused by the guard. */
const refusedEvery = 10;

/** What came of a soak. */
export interface SoakResult {
  readonly calls: number;
  /** Calls that the guard let through. */
  readonly allowed: number;
  /** Calls that reached the server, as it counted them. */
  readonly counted: number;
  /** Answers that were lost, second, another call's or another session's. */
  readonly wrong: number;
  /** Bytes of heap after a tenth of the calls, and after all. */
  readonly heap: { readonly early: number; readonly late: number };
}

/** Makes tagged calls in 64 sessions of a gateway with a guard, over HTTP on both sides. */
export async function soak(calls: number): Promise<SoakResult> {
  const upstream = await startCountingServer();
  // What the gateway logs is no part of its memory.
  const { gateway, url } = await startHttpGateway(
    { counting: { url: upstream.url } },
    [
      {
        tool_pre_invoke: ({ args }) =>
          args['refused'] === true ? block({ code: 'REFUSED', reason: 'by the soak' }) : undefined,
        tool_post_invoke: (payload) =>
          modify({ ...payload, result: { ...(payload.result as object), seen: true } }),
      },
    ],
    { logger: silentLogger },
  );
  try {
    const sessions = await Promise.all(Array.from({ length: sessionCount }, () => SoakSession.open(url)));
    const perSession = Math.ceil(calls / sessionCount);
    const early = Math.ceil(perSession / 10);
    await Promise.all(sessions.map((session) => session.run(early)));
    const heapEarly = heapAfterCollection();
    await Promise.all(sessions.map((session) => session.run(perSession - early)));
    const heapLate = heapAfterCollection();
    const counted = Number(await sessions[0]?.count());
    await Promise.all(sessions.map((session) => session.close()));
    return {
      calls: perSession * sessionCount,
      allowed: sessions.reduce((sum, { allowed }) => sum + allowed, 0),
      counted,
      wrong: sessions.reduce((sum, session) => sum + session.wrong, 0),
      heap: { early: heapEarly, late: heapLate },
    };
  } finally {
    await gateway.close();
    upstream.stop();
  }
}

interface Answer {
  readonly id?: unknown;
  readonly result?: {
    readonly isError?: boolean;
    readonly seen?: boolean;
    readonly content: readonly { readonly text: string }[];
  };
}

class SoakSession {
  allowed = 0;
  wrong = 0;
  private readonly transport: StreamableHttpClientTransport;
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  /** What the server calls this session: the same in every answer, and no other session's. */
  private upstream: string | undefined;
  private lastId = 0;

  private constructor(url: URL) {
    this.transport = new StreamableHttpClientTransport({ url });
    this.transport.onraw = ({ message }) => this.take(message as Answer);
  }

  static async open(url: URL): Promise<SoakSession> {
    const session = new SoakSession(url);
    await session.transport.start();
    await session.ask('initialize', {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'soak', version: '1' },
    });
    return session;
  }

  async run(calls: number): Promise<void> {
    let left = calls;
    const worker = async (): Promise<void> => {
      while (left-- > 0) await this.call();
    };
    await Promise.all(Array.from({ length: callsAtOnce }, worker));
    // Nobody waits any longer: whatever still comes is a second answer.
    this.wrong += this.waiting.size;
  }

  async count(): Promise<string | undefined> {
    const { result } = await this.ask('tools/call', { name: 'count' });
    return result?.content[0]?.text;
  }

  close(): Promise<void> {
    return this.transport.close();
  }

  private async call(): Promise<void> {
    const id = this.lastId + 1;
    const refused = id % refusedEvery === 0;
    const tag = `${id}-${Math.random()}`;
    const { result } = await this.ask('tools/call', { name: 'echo', arguments: { tag, refused } });
    if (refused) {
      if (result?.isError !== true) this.wrong++;
      return;
    }
    this.allowed++;
    const [gotTag, session] = result?.content[0]?.text.split(' ') ?? [];
    this.upstream ??= session;
    if (gotTag !== tag || session !== this.upstream || result?.seen !== true) this.wrong++;
  }

  private ask(method: string, params: object): Promise<Answer> {
    const id = ++this.lastId;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.transport.sendText(JSON.stringify({ jsonrpc: '2.0', id, method, params }), { requestId: id });
    });
  }

  private take(answer: Answer): void {
    const resolve = this.waiting.get(answer.id as number);
    if (resolve === undefined) {
      this.wrong++;
      return;
    }
    this.waiting.delete(answer.id as number);
    resolve(answer);
  }
}
