import { type AnyHookContract, FrameworkError } from '@mcpplugins/framework-core';
import {
  createPayloadCodec,
  decodeHookReply,
  type JsonObject,
  splitForClassicPeer,
  type WireDialect,
} from '@mcpplugins/framework-core/wire';
import { payloadFor } from '../payloads/payload-for.js';
import { callHook, jsonOf, type ToolAnswer } from './call-tool.js';
import { type Check, fails, type Finding, type Subject, warns } from './check.js';

/** What the checks of a plugin's hooks need. */
export interface HookChecksOptions {
  readonly plugin: string;
  readonly contract: AnyHookContract;
  readonly dialect: WireDialect;
  /** Whether the server takes payloads in the shapes of our contracts, or only in those of Python hosts. */
  readonly takesNativePayloads: boolean;
}

/** Checks of one hook of a plugin. */
export function hookChecks(
  subject: Subject,
  { plugin, contract, dialect, takesNativePayloads }: HookChecksOptions,
): readonly Check[] {
  const hook = contract.name;
  const codec = createPayloadCodec(contract);
  const native = payloadFor(hook as Parameters<typeof payloadFor>[0]) as JsonObject;
  const [part = native] = takesNativePayloads ? [native] : splitForClassicPeer(hook, native).parts;
  const sample = codec.encode(part);
  const call = (payload: unknown, name = plugin): Promise<ToolAnswer> =>
    callHook(subject, { hook, plugin: name, payload, dialect });
  return [
    {
      id: `${hook}.reply`,
      title: `${hook} answers a call with { plugin_name, result }`,
      run: async () =>
        checkReply(jsonOf(await call(sample)), plugin, (reply) => decodeHookReply(reply, codec)),
    },
    {
      id: `${hook}.bad-payload`,
      title: `${hook} answers a payload that makes no sense with { plugin_name, error }`,
      run: async () => checkErrorReply(await call({ nonsense: [1, 2, 3] })),
    },
    {
      id: `${hook}.unknown-plugin`,
      title: `${hook} answers a call of a plugin that is not there with { plugin_name, error }`,
      run: async () => checkErrorReply(await call(sample, 'no-such-plugin-here')),
    },
    {
      id: `${hook}.parallel`,
      title: `${hook} answers 16 calls at once`,
      run: async () => {
        const answers = await Promise.all(Array.from({ length: 16 }, () => call(sample)));
        for (const answer of answers) jsonOf(answer);
        return undefined;
      },
    },
  ];
}

function checkReply(reply: unknown, plugin: string, decode: (reply: unknown) => unknown): Finding {
  try {
    decode(reply);
  } catch (error) {
    return fails(FrameworkError.is(error) ? error.message : String(error));
  }
  const envelope = reply as Readonly<Record<string, unknown>>;
  if ('error' in envelope)
    return fails(`the plugin failed on an ordinary payload: ${describe(envelope['error'])}`);
  if (!('result' in envelope)) {
    return warns('the reply is a bare result; Python hosts need { "plugin_name": …, "result": … } around it');
  }
  if (envelope['plugin_name'] !== plugin) return warns('the reply has no `plugin_name`, or another one');
  return checkViolation((envelope['result'] as Readonly<Record<string, unknown>>)['violation']);
}

function checkViolation(violation: unknown): Finding {
  if (violation === undefined || violation === null) return undefined;
  const fields = violation as Readonly<Record<string, unknown>>;
  const missing = ['code', 'reason', 'description', 'details'].filter((key) => fields[key] === undefined);
  return missing.length === 0
    ? undefined
    : warns(`the violation has no ${missing.join(', ')}; older Python hosts refuse it without`);
}

function checkErrorReply(answer: ToolAnswer): Finding {
  if (answer.isError) {
    return warns(
      'it answers with an MCP error (isError); Python hosts read { plugin_name, error } in a text item',
    );
  }
  const reply = jsonOf(answer);
  const error = (reply as { readonly error?: unknown } | null)?.error;
  if (typeof error !== 'object' || error === null) {
    return fails(
      `there is no \`error\` in the reply: a host would take ${describe(reply)} for an answer of the plugin`,
    );
  }
  const { message, plugin_name: name } = error as {
    readonly message?: unknown;
    readonly plugin_name?: unknown;
  };
  return typeof message === 'string' && typeof name === 'string'
    ? undefined
    : fails('`error` needs a text `message` and a text `plugin_name`');
}

function describe(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 120);
}
