import { describe, expect, it } from 'vitest';
import { behaviours, createTestHost, spyPlugin } from '../../src/index.js';
import '../../src/vitest.js';

async function outcomeOf(behaviour: ReturnType<(typeof behaviours)['proceed']>) {
  await using host = await createTestHost([spyPlugin({ behaviour })]);
  return await host.invoke('tool_pre_invoke', { args: { text: 'a secret', list: [1, 2] } });
}

const proceeding = () => outcomeOf(behaviours.proceed());
const blocking = () => outcomeOf(behaviours.block({ code: 'NO', reason: 'no' }));
const modifying = () => outcomeOf(behaviours.modify({ args: { text: '***', list: [1, 2] } }));
const responding = () => outcomeOf(behaviours.respond({ content: [] }));

describe('matchers', () => {
  it('tell the four outcomes apart', async () => {
    expect(await proceeding()).toProceed();
    expect(await blocking()).toBlock();
    expect(await modifying()).toModify();
    expect(await responding()).toRespond();
    for (const other of [blocking, modifying, responding]) expect(await other()).not.toProceed();
    for (const other of [proceeding, modifying, responding]) expect(await other()).not.toBlock();
    for (const other of [proceeding, blocking, responding]) expect(await other()).not.toModify();
    for (const other of [proceeding, blocking, modifying]) expect(await other()).not.toRespond();
  });

  it('compare code, changed fields and result', async () => {
    expect(await blocking()).toBlock('NO');
    expect(await blocking()).not.toBlock('YES');
    expect(await modifying()).toModify({ args: { text: '***' } });
    expect(await modifying()).not.toModify({ args: { text: 'a secret' } });
    expect(await modifying()).not.toModify({ args: { list: [1] } });
    expect(await responding()).toRespond({ content: [] });
    expect(await responding()).not.toRespond({ content: [{ type: 'text', text: 'x' }] });
  });

  it('say what the outcome is instead, and where it differs', async () => {
    const blocked = await blocking();
    const modified = await modifying();
    expect(() => expect(blocked).toProceed()).toThrow('expected proceed, and it is: block by spy: NO (no)');
    expect(() => expect(blocked).toBlock('YES')).toThrow('expected block with YES, and it is: block by spy');
    expect(() => expect(modified).toModify({ args: { text: 'x' } })).toThrow(
      "/args/text: expected 'x', and it is '***'",
    );
    expect(() => expect(modified).not.toModify()).toThrow('expected anything but modify');
  });

  it('refuse what is no outcome, also after `not`', () => {
    expect(() => expect(Promise.resolve()).not.toBlock()).toThrow('a promise: await the call first');
    expect(() => expect({}).toProceed()).toThrow('expected the outcome of a hook call');
  });
});
