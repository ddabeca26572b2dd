import { describe, expect, it } from 'vitest';
import { faultSubjects } from '../support/fault-subjects.js';
import { errorCodeOf, startHost } from '../support/start-host.js';

describe.each(faultSubjects)('several calls on a plugin server over %s', (_, start) => {
  it('X5 one of them is answered with another id: it fails before its deadline, the others get their answers', async () => {
    const { server, mcp } = await start();
    await using _server = server;
    await using host = await startHost(mcp, { config: { timeout: 600 } });
    const calls = Array.from({ length: 20 }, (_call, index) =>
      host.call(index === 7 ? { fault: 'wrong-id' } : { index }),
    );
    const outcomes = await Promise.all(calls);
    expect(outcomes.map(({ continueProcessing }) => continueProcessing)).toEqual(
      outcomes.map((_outcome, index) => index !== 7),
    );
    expect(outcomes[7] && errorCodeOf(outcomes[7])).toBe('PEER_PROTOCOL');
  });

  it('X5 an answer with another id fails no call that is made later', async () => {
    const { server, mcp } = await start();
    await using _server = server;
    await using host = await startHost(mcp, { config: { timeout: 600 } });
    await Promise.all([host.call({ fault: 'wrong-id' }), host.call({ fault: 'wrong-id' }), host.call()]);
    const later = await Promise.all(Array.from({ length: 5 }, () => host.call()));
    expect(later.every(({ continueProcessing }) => continueProcessing)).toBe(true);
  });
});
