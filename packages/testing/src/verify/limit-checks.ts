import type { WireDialect } from '@mcpplugins/framework-core/wire';
import { callHook, callTool, jsonOf } from './call-tool.js';
import { type Check, fails, type Subject, warns } from './check.js';

/** What the checks of a server's limits need. */
export interface LimitChecksOptions {
  readonly plugin: string;
  readonly hook: string;
  readonly dialect: WireDialect;
}

/** Checks of how a server takes what is large, deep or strange, and whether it is there afterwards. */
export function limitChecks(
  subject: Subject,
  { plugin, hook, dialect }: LimitChecksOptions,
): readonly Check[] {
  const call = (payload: unknown) => callHook(subject, { hook, plugin, payload, dialect });
  const isAlive = async () => {
    await subject.server.request('ping', {}, AbortSignal.timeout(subject.timeoutMs));
  };
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
      title: 'a payload that is nested 150 deep is answered, by a result or an error',
      run: async () => {
        await call(named(nested(150))).then(jsonOf, () => undefined);
        await isAlive();
        return undefined;
      },
    },
    {
      id: 'limits.unicode',
      title: 'texts with lone surrogates, NUL and emoji do not end the server',
      run: async () => {
        await call(named({ text: '\ud800 \u0000 \u{1f600} \u2028' })).then(jsonOf, () => undefined);
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
