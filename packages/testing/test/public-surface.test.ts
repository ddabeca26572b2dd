import { expect, it } from 'vitest';
import * as surface from '../src/index.js';

it('exports exactly this', () => {
  expect(Object.keys(surface).toSorted()).toEqual([
    'GarbagePlugin',
    'HangingPlugin',
    'MutatingPlugin',
    'OversizePlugin',
    'RestartingPlugin',
    'SlowPlugin',
    'ThrowingPlugin',
    'behaviours',
    'createTestHost',
    'describeOutcome',
    'faultNames',
    'outcomeMatchers',
    'parseFixtures',
    'payloadFor',
    'pluginOf',
    'runFixtures',
    'spyPlugin',
    'startHttpFaultServer',
    'startSseFaultServer',
    'startVanishingProxy',
    'startWebSocketFaultServer',
    'stdioFaultServer',
    'testingErrorCodes',
    'updateFixtures',
    'verdictOf',
    'verifyPluginServer',
  ]);
});

it('has an entry for vitest with exactly this', async () => {
  expect(Object.keys(await import('../src/vitest.js'))).toEqual(['outcomeMatchers']);
});
