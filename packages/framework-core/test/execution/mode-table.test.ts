import { describe, expect, it } from 'vitest';
import {
  block,
  type DecisionRecord,
  type ErrorAction,
  modify,
  type PluginMode,
  PluginManager,
  proceed,
  respond,
} from '../../src/index.js';
import { anyHook, plugin, settleMicrotasks, type TestHandler, toolCall } from '../support/host.js';
import { pass, useFakeTime } from '../support/time.js';

/** The table of the design (5.4), written down again: what each mode allows and what an error does by default. */
const design = {
  enforce: { blocks: true, modifies: true, responds: true, error: 'fail' },
  enforce_ignore_error: { blocks: true, modifies: true, responds: true, error: 'ignore' },
  permissive: { blocks: false, modifies: true, responds: true, error: 'ignore' },
  audit: { blocks: false, modifies: false, responds: false, error: 'ignore' },
  fire_and_forget: { blocks: false, modifies: false, responds: false, error: 'ignore' },
  disabled: undefined,
  sequential: { blocks: true, modifies: true, responds: true, error: 'fail' },
  transform: { blocks: false, modifies: true, responds: true, error: 'fail' },
  concurrent: { blocks: true, modifies: false, responds: false, error: 'fail' },
} as const satisfies Record<PluginMode, unknown>;

/** What a handler does, and what that is: an answer, or an error of a certain code. */
const behaviours = {
  proceeds: { handler: () => proceed() },
  'returns nothing': { handler: () => undefined, answer: {} },
  modifies: {
    handler: (payload) => modify({ ...payload, args: { text: 'changed' } }),
    answer: { modifies: true },
  },
  blocks: { handler: () => block({ code: 'NO', reason: 'No' }), answer: { blocks: true } },
  'blocks and modifies': {
    handler: (payload) => ({
      continueProcessing: false,
      violation: { code: 'NO', reason: 'No' },
      modifiedPayload: { ...payload, args: { text: 'changed' } },
    }),
    answer: { blocks: true, modifies: true },
  },
  responds: { handler: () => respond('cached'), answer: { responds: true } },
  throws: {
    handler: () => {
      throw new Error('broken');
    },
    error: 'PLUGIN_ERROR',
  },
  rejects: { handler: () => Promise.reject(new Error('broken')), error: 'PLUGIN_ERROR' },
  hangs: { handler: () => new Promise(() => undefined), error: 'PLUGIN_TIMEOUT' },
  'returns garbage': { handler: () => 'garbage', error: 'RESULT_INVALID' },
  'returns garbage with a modification': {
    handler: (payload) => ({ modifiedPayload: { ...payload, args: {} } }),
    error: 'RESULT_INVALID',
    carriesModification: true,
  },
  'writes into its payload': {
    handler: (payload) => {
      Object.assign(payload['args'] as object, { text: 'changed' });
    },
    error: 'PAYLOAD_MUTATED',
  },
} as const satisfies Record<string, Behaviour>;

interface Behaviour {
  readonly handler: TestHandler;
  readonly answer?: { readonly blocks?: true; readonly modifies?: true; readonly responds?: true };
  readonly error?: string;
  readonly carriesModification?: true;
}

interface Cell {
  readonly mode: PluginMode;
  readonly behaviour: Behaviour;
  readonly onError: ErrorAction | undefined;
  readonly failOnPluginError: boolean;
}

interface Expected {
  readonly violation?: string;
  readonly modified?: true;
  readonly response?: true;
  readonly record: Partial<DecisionRecord>;
  readonly isOffAfterwards?: true;
}

/** What the design says of one cell. */
function expectedOf({ mode, behaviour, onError, failOnPluginError }: Cell): Expected {
  const row = design[mode];
  if (row === undefined) return { record: { status: 'skipped', reason: 'disabled' } };
  const { blocks, modifies, responds }: NonNullable<Behaviour['answer']> = behaviour.answer ?? {};
  const error = behaviour.error ?? (responds && !row.responds ? 'RESPOND_NOT_ALLOWED' : undefined);
  if (error !== undefined) {
    const action =
      mode === 'fire_and_forget' ? 'ignore' : (onError ?? (failOnPluginError ? 'fail' : row.error));
    const isTimeout = error === 'PLUGIN_TIMEOUT';
    const isFinal = action === 'fail' || (behaviour.carriesModification === true && row.blocks);
    return {
      ...(isFinal ? { violation: isTimeout ? 'PLUGIN_TIMEOUT' : 'PLUGIN_ERROR' } : {}),
      record: {
        status: isTimeout ? 'timeout' : 'error',
        code: error,
        reason: isFinal ? undefined : isTimeout ? 'timeout_ignored' : 'error_ignored',
        verdict: undefined,
      },
      ...(action === 'disable' ? { isOffAfterwards: true } : {}),
    };
  }
  if (blocks) {
    return {
      ...(row.blocks ? { violation: 'NO' } : {}),
      ...(modifies && row.modifies && !row.blocks ? { modified: true } : {}),
      record: {
        status: 'ran',
        verdict: row.blocks ? 'block' : 'would_block',
        code: 'NO',
        changedPaths: modifies && !row.blocks ? ['/args/text'] : [],
      },
    };
  }
  if (responds) return { response: true, record: { status: 'ran', verdict: 'respond', changedPaths: [] } };
  if (modifies) {
    return {
      ...(row.modifies ? { modified: true } : {}),
      record: { status: 'ran', verdict: row.modifies ? 'modify' : 'proceed', changedPaths: ['/args/text'] },
    };
  }
  return { record: { status: 'ran', verdict: 'proceed', changedPaths: [] } };
}

const modes = Object.keys(design) as PluginMode[];
const onErrors = [undefined, 'fail', 'ignore', 'disable'] as const;

useFakeTime();

describe.each(modes)('mode %s', (mode) => {
  describe.each(Object.entries(behaviours))('a plugin that %s', (_name, behaviour: Behaviour) => {
    describe.each(onErrors)('on_error %s', (onError) => {
      it.each([false, true])('fail_on_plugin_error %s', async (failOnPluginError) => {
        const expected = expectedOf({ mode, behaviour, onError, failOnPluginError });
        const records: DecisionRecord[] = [];
        const manager = await PluginManager.start({
          plugins: [
            plugin('subject', behaviour.handler, {
              mode,
              ...(onError === undefined ? {} : { onError }),
              allowDisable: true,
              timeout: 1,
            }),
          ],
          settings: { failOnPluginError },
          observers: [{ onDecisions: (seen) => records.push(...seen) }],
        });
        const request = manager.openRequest({}, { record: true });
        const pending = request.invoke(anyHook, toolCall());
        await pass(1100);
        const outcome = await pending;
        await settleMicrotasks();

        expect(outcome.violation?.code).toBe(expected.violation);
        expect(outcome.continueProcessing).toBe(expected.violation === undefined);
        expect(outcome.modifiedPayload).toEqual(
          expected.modified && { name: 'echo', args: { text: 'changed' } },
        );
        expect(outcome.response).toEqual(expected.response && { result: 'cached', plugin: 'subject' });
        const seen = records.length > 0 ? records : (outcome.decisions ?? []);
        expect(seen).toEqual([expect.objectContaining({ plugin: 'subject', mode, ...expected.record })]);
        expect(manager.health()[0]?.status === 'failed').toBe(expected.isOffAfterwards === true);
        await manager.shutdown();
      });
    });
  });
});
