import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { browserOpener } from '../../src/login/open-browser.js';
import { tokenFolder } from '../../src/login/token-folder.js';

describe('tokenFolder', () => {
  it.each([
    ['linux', { XDG_STATE_HOME: '/state', HOME: '/home/ada' }, '/state/mcpplugins/tokens'],
    ['linux', { XDG_STATE_HOME: 'relative', HOME: '/home/ada' }, '/home/ada/.local/state/mcpplugins/tokens'],
    ['darwin', { HOME: '/Users/ada' }, '/Users/ada/.local/state/mcpplugins/tokens'],
    ['win32', { LOCALAPPDATA: '/local', XDG_STATE_HOME: '/state' }, '/local/mcpplugins/tokens'],
  ] as const)('on %s with %j', (platform, env, folder) => {
    expect(tokenFolder({ env }, platform)).toBe(path.join(folder));
  });
});

describe('browserOpener', () => {
  it.each([
    ['linux', {}, { program: 'xdg-open', args: [] }],
    ['darwin', {}, { program: 'open', args: [] }],
    ['win32', {}, { program: 'rundll32', args: ['url.dll,FileProtocolHandler'] }],
    ['linux', { BROWSER: 'firefox' }, { program: 'firefox', args: [] }],
  ] as const)('on %s with %j', (platform, env, opener) => {
    expect(browserOpener({ env }, platform)).toEqual(opener);
  });
});
