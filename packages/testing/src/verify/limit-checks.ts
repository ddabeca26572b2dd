import type { OpenServer } from '@mcpplugins/external-client';
import type { WireDialect } from '@mcpplugins/framework-core/wire';
import { callHook, callTool, jsonOf } from './call-tool.js';
import { type Check, fails, type Subject, warns } from './check.js';

/** What the checks of a server's limits need. */
export interface LimitChecksOptions {
  readonly plugin: string;
  readonly hook: string;
  readonly dialect: WireDialect;
  /** Opens another session, with another process where the server is started. */
  readonly open: () => Promise<OpenServer>;
}

/** Checks of how a server takes what is large, deep or strange, and whether it is there afterwards. */
export function limitChecks(
  subject: Subject,
  { plugin, hook, dialect, open }: LimitChecksOptions,
): readonly Check[] {
  const call = (payload: unknown) => callHook(subject, { hook, plugin, payload, dialect });
  const isAlive = async () => {
    await subject.server.request('ping', {}, AbortSignal.timeout(subject.timeoutMs));
  };
  // A server of its own for each, because what ends a server would hide what comes after.
  const survives = (id: string, what: string, payload: object): Check => ({
    id,
    title: `${what} does not end the server`,
    run: async () => {
      await using server = await open();
      const own = { server, timeoutMs: subject.timeoutMs };
      await callHook(own, { hook, plugin, payload, dialect }).catch(() => undefined);
      try {
        await server.request('ping', {}, AbortSignal.timeout(subject.timeoutMs));
        return undefined;
      } catch {
        return warns(
          `${what} ends it: hosts block that call and start the server anew; answer it with an error instead`,
        );
      }
    },
  });
  return [
    {
      id: 'limits.large',
      title: 'a payload of one megabyte is answered',
      run: async () => {
        jsonOf(await call(named({ text: 'x'.repeat(1_000_000) })));
        return undefined;
      },
    },
    {
      id: 'limits.deep',
      title: 'a payload that is nested 100 deep is answered, by a result or an error',
      run: async () => {
        await call(named(nested(100))).then(jsonOf, () => undefined);
        await isAlive();
        return undefined;
      },
    },
    {
      id: 'limits.unknown-tool',
      title: 'a tool that is not there is an error, and the server stays',
      run: async () => {
        const answer = await callTool(subject, 'no_such_tool_here', {}).catch(() => undefined);
        await isAlive();
        return answer === undefined || answer.isError
          ? undefined
          : fails('it answers as if there were such a tool');
      },
    },
    survives('limits.deepest', 'a payload that is nested 180 deep', named(nested(180))),
    survives(
      'limits.unicode',
      'a text with lone surrogates and NUL',
      named({ text: '\ud800 \u0000 \u2028' }),
    ),
    {
      id: 'protocol.clean',
      title: 'nothing but MCP comes from the server',
      run: () => {
        const [first] = subject.server.complaints;
        return first === undefined ? undefined : warns(`${first}; logs belong on stderr`);
      },
    },
  ];
}

function named(args: unknown): object {
  return { name: 'verify', prompt_id: 'verify', uri: 'test://verify', args };
}

function nested(levels: number): object {
  let value: object = {};
  for (let level = 0; level < levels; level++) value = { a: value };
  return value;
}
