import { block, definePlugin, modify } from '@mcpplugins/framework-core';
import { z } from 'zod';

/** What `config` of the plugin may have. */
const settings = z.strictObject({
  forbidden: z.string().min(1).default('forbidden').describe('Word that refuses a call or a result.'),
  masked: z.string().min(1).default('secret').describe('Word in whose place stars go on.'),
});

const violation = { code: 'FORBIDDEN_WORD', reason: 'A forbidden word is in it' };

/** Refuses what mentions one word and masks another, in arguments of tools and in their results. */
export default definePlugin({
  name: 'word-guard',
  settings,
  hooks: ({ settings: { forbidden, masked } }) => {
    const stars = '*'.repeat(masked.length);
    return {
      tool_pre_invoke: (payload) => {
        const text = JSON.stringify(payload.args);
        if (text.includes(forbidden)) return block(violation);
        if (!text.includes(masked)) return undefined;
        // Payloads are frozen: what goes on is a changed copy.
        return modify({ ...payload, args: JSON.parse(text.replaceAll(masked, stars)) });
      },
      tool_post_invoke: (payload) => {
        if (payload.result === undefined) return undefined;
        const text = JSON.stringify(payload.result);
        if (text.includes(forbidden)) return block(violation);
        if (!text.includes(masked)) return undefined;
        return modify({ ...payload, result: JSON.parse(text.replaceAll(masked, stars)) });
      },
    };
  },
});
