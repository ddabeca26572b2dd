import { describe, expect, it } from 'vitest';
import { describeCommand } from '../../src/run/describe-command.js';

describe('describeCommand', () => {
  it('writes a command as one would type it', () => {
    expect(describeCommand(['node', '/srv/server.js', '--root=/data'])).toBe(
      'node /srv/server.js --root=/data',
    );
  });

  it('quotes words that a shell would split or expand', () => {
    expect(describeCommand(['echo', 'a b', "it's", '$HOME', ''])).toBe(`echo 'a b' 'it'\\''s' '$HOME' ''`);
  });
});
