import { describe, expect, it } from 'vitest';
import {
  block,
  type HookHandlers,
  type HookName,
  modify,
  type PayloadOf,
  type PluginConfigInput,
  PluginManager,
  respond,
} from '../../src/index.js';
import { definePlugin } from '../../src/plugin/define-plugin.js';

type Headers = Readonly<Record<string, string>>;

/** What comes of one call of a hook, with plugins in this order. */
async function outcomeOf<Hook extends HookName>(
  hook: Hook,
  payload: PayloadOf<Hook>,
  ...plugins: readonly (readonly [HookHandlers, Partial<PluginConfigInput>?])[]
) {
  await using manager = await PluginManager.start({
    plugins: plugins.map(([hooks, config], index) => {
      const name = `plugin-${index + 1}`;
      const plugin = definePlugin({ name, hooks: () => hooks });
      return { config: { name, kind: 'test', ...config }, load: () => plugin };
    }),
  });
  await using request = manager.openRequest({}, { record: true });
  return await request.invoke(hook, payload);
}

const call = { url: 'https://upstream.example/mcp', method: 'POST' };
const headers = { accept: 'application/json', 'mcp-session-id': '[redacted]', 'x-team': 'blue' };
const answered = { ...call, headers, statusCode: 200, responseHeaders: headers };
const handled = { path: '/mcp', method: 'POST', headers, statusCode: 200, responseHeaders: headers };

describe('headers of HTTP hooks', () => {
  const preForwarding = (change: (headers: Headers) => Headers): HookHandlers => ({
    http_pre_forwarding_call: (payload) => modify({ ...payload, headers: change(payload.headers) }),
  });

  it('may be added, changed and removed', async () => {
    const outcome = await outcomeOf('http_pre_forwarding_call', { ...call, headers }, [
      preForwarding(({ 'x-team': _team, ...rest }) => ({ ...rest, 'x-more': 'yes' })),
    ]);
    const { 'x-team': _team, ...rest } = headers;
    expect(outcome.modifiedPayload).toEqual({ ...call, headers: { ...rest, 'x-more': 'yes' } });
  });

  it.each<[string, (headers: Headers) => Headers, string]>([
    ['another session', (seen) => ({ ...seen, 'mcp-session-id': 'x' }), 'NOT_WRITABLE'],
    ['the same header in another case', (seen) => ({ ...seen, 'Mcp-Session-Id': 'x' }), 'NOT_WRITABLE'],
    ['another spelling of a header', ({ accept = '', ...rest }) => ({ ...rest, ACCEPT: accept }), ''],
    ['no accept', ({ accept: _accept, ...rest }) => rest, 'NOT_WRITABLE'],
    ['a host', (seen) => ({ ...seen, host: 'elsewhere.example' }), 'NOT_WRITABLE'],
    ['a length', (seen) => ({ ...seen, 'Content-Length': '0' }), 'NOT_WRITABLE'],
    ['a second line', (seen) => ({ ...seen, 'x-a': 'b\r\nx-c: d' }), 'PAYLOAD_INVALID'],
    ['a name with a colon', (seen) => ({ ...seen, 'x-a:': 'b' }), 'PAYLOAD_INVALID'],
  ])('%s', async (_what, change, error) => {
    const payload = { ...call, headers };
    const { violation } = await outcomeOf('http_pre_forwarding_call', payload, [preForwarding(change)]);
    expect(violation?.details?.['error'] ?? '').toBe(error);
    const mild = await outcomeOf('http_pre_forwarding_call', payload, [
      preForwarding(change),
      { mode: 'permissive' },
    ]);
    expect([mild.continueProcessing, mild.modifiedPayload === undefined]).toEqual([true, error !== '']);
  });

  it.each(['http_post_forwarding_call', 'http_post_request'] as const)(
    'of an answer keep those of the transport in %s',
    async (hook) => {
      const payload = hook === 'http_post_request' ? handled : answered;
      const change = (name: string) =>
        outcomeOf(hook, payload as never, [
          {
            [hook]: (seen: typeof payload) =>
              modify({ ...seen, responseHeaders: { ...seen.responseHeaders, [name]: 'x' } }),
          },
        ]);
      expect((await change('content-type')).violation?.details?.['error']).toBe('NOT_WRITABLE');
      expect((await change('Transfer-Encoding')).violation?.details?.['error']).toBe('NOT_WRITABLE');
      expect((await change('x-more')).modifiedPayload).toMatchObject({ responseHeaders: { 'x-more': 'x' } });
    },
  );
});

describe('respond', () => {
  it('is no answer to a request to a server', async () => {
    const outcome = await outcomeOf('http_pre_forwarding_call', { ...call, headers }, [
      { http_pre_forwarding_call: () => respond({ statusCode: 200 }) },
    ]);
    expect(outcome.violation?.details?.['error']).toBe('RESPOND_NOT_ALLOWED');
    expect(outcome.response).toBeUndefined();
  });
});

describe('http_auth_check_permission', () => {
  const asked = { userEmail: 'ada', permission: 'tools.execute', isAdmin: false };
  const answers = (answer: unknown): HookHandlers => ({ http_auth_check_permission: () => respond(answer) });
  const check = (
    ...plugins: Parameters<typeof outcomeOf> extends [unknown, unknown, ...infer Rest] ? Rest : never
  ) => outcomeOf('http_auth_check_permission', asked, ...plugins);

  it('goes on when the permission is granted, or nobody says anything', async () => {
    for (const hooks of [answers({ granted: true }), { http_auth_check_permission: () => undefined }]) {
      const outcome = await check([hooks]);
      expect([outcome.continueProcessing, outcome.response]).toEqual([true, undefined]);
    }
  });

  it('is blocked by a refusal, whatever others grant', async () => {
    const granted = answers({ granted: true });
    const denied = answers({ granted: false, reason: 'ada is on leave' });
    for (const plugins of [[[denied]], [[granted], [denied]], [[denied], [granted]]] as const) {
      const { continueProcessing, violation } = await check(...plugins);
      expect(continueProcessing).toBe(false);
      expect(violation).toMatchObject({ code: 'PERMISSION_DENIED', reason: 'ada is on leave' });
    }
    const { violation } = await check([answers({ granted: false, reason: null })]);
    expect(violation?.reason).toBe('The permission is not granted');
  });

  it('records what plugins that only watch would refuse', async () => {
    for (const mode of ['permissive', 'audit'] as const) {
      const outcome = await check([answers({ granted: false }), { mode }]);
      expect([outcome.continueProcessing, outcome.decisions?.[0]?.verdict]).toEqual([true, 'would_block']);
      const { decisions } = await check([answers({ granted: true }), { mode }]);
      expect(decisions?.[0]?.verdict).toBe('proceed');
    }
  });

  it('takes an answer that says neither for an error of the plugin', async () => {
    for (const answer of [undefined, null, true, {}, { granted: 'no' }]) {
      const { violation } = await check([answers(answer)]);
      expect(violation).toMatchObject({ code: 'PLUGIN_ERROR', details: { error: 'RESULT_INVALID' } });
    }
  });

  it('is blocked by a block', async () => {
    const blocks = { http_auth_check_permission: () => block({ code: 'NO', reason: 'No' }) };
    expect((await check([answers({ granted: true })], [blocks])).violation?.code).toBe('NO');
  });
});
