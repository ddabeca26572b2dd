import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { guardCommand, isInNpxCache } from '../../src/wrap/guard-command.js';

describe('guardCommand', () => {
  it('names files that are there, by absolute path', () => {
    const { command, args } = guardCommand('/p/plugins.yaml', 'memory');
    expect(args.slice(1)).toEqual(['run', '-c', '/p/plugins.yaml', '--name', 'memory', '--']);
    for (const file of [command, args[0] ?? '']) {
      expect(path.isAbsolute(file)).toBe(true);
      expect(existsSync(file)).toBe(true);
    }
  });
});

describe('isInNpxCache', () => {
  it('knows the folder of npx on every platform', () => {
    expect(isInNpxCache('/home/me/.npm/_npx/ab12/node_modules/@mcpplugins/cli/bin/mcpplugins.js')).toBe(true);
    expect(isInNpxCache('C:\\Users\\me\\npm-cache\\_npx\\ab12\\bin\\mcpplugins.js')).toBe(true);
    expect(isInNpxCache('/usr/lib/node_modules/@mcpplugins/cli/bin/mcpplugins.js')).toBe(false);
  });
});
