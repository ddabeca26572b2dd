import { expect, it } from 'vitest';
import * as surface from '../src/index.js';

it('exports exactly this', () => {
  expect(Object.keys(surface).toSorted()).toEqual([
    'behaviours',
    'createTestHost',
    'faultNames',
    'payloadFor',
    'pluginOf',
    'spyPlugin',
    'startHttpFaultServer',
    'startSseFaultServer',
    'startVanishingProxy',
    'startWebSocketFaultServer',
    'stdioFaultServer',
    'verifyPluginServer',
  ]);
});
