import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { terminalPicture } from '../scripts/terminal-picture.mjs';
import { root } from './support/paths.js';

const withoutTimes = (text: string) => text.replaceAll(/ *[\d.]+ ms/g, ' # ms');

describe('the picture in the README', () => {
  it('shows what the demo prints today (npm run picture -w examples/quickstart draws it anew)', async () => {
    const script = path.join(root, 'examples/quickstart/scripts/draw-demo.mjs');
    const { stdout } = await promisify(execFile)(process.execPath, [script, '--stdout']);
    const committed = await readFile(path.join(root, 'docs/images/demo.svg'), 'utf8');
    expect(withoutTimes(stdout)).toBe(withoutTimes(committed));
  }, 60_000);
});

describe('terminalPicture', () => {
  it('turns escape codes into styled text and escapes markup', () => {
    const picture = terminalPicture('a \u001b[31mb<&\u001b[39m \u001b[1m\u001b[2mc\u001b[22m d\n', {
      title: 'x "y"',
    });
    expect(picture).toContain(
      '<tspan>a </tspan><tspan fill="#ff7b72">b&lt;&amp;</tspan><tspan> </tspan>' +
        '<tspan font-weight="bold" fill-opacity="0.6">c</tspan><tspan> d</tspan>',
    );
    expect(picture).toContain('aria-label="x &quot;y&quot;"');
  });
});
