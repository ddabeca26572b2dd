// The content walker rewrites a string deep in a result and leaves the original alone.
import assert from 'node:assert/strict';
import { rewritePayload } from '@mcpplugins/plugin-kit';

const payload = { name: 'echo', result: { content: [{ type: 'text', text: 'secret' }] } };
const rewritten = rewritePayload('tool_post_invoke', payload, {
  text: (text) => text.replace('secret', '***'),
});
assert.deepEqual(rewritten.result.content, [{ type: 'text', text: '***' }]);
assert.deepEqual(payload.result.content, [{ type: 'text', text: 'secret' }]);
console.log('the walker rewrote one text of a result');
