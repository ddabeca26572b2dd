import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cliFolder } from '../support/cli-folder.js';
import { fixtures, rawServer, RunningCli } from '../support/run-process.js';

const guard = readFileSync(path.join(fixtures, 'guard.js'), 'utf8');
const yaml = (word: string) =>
  `plugins:\n  - { name: guard, kind: ./guard.js, config: { word: ${word} } }\nplugin_settings: { config_history: history.jsonl }\n`;

describe('mcpplugins run, when its configuration changes', () => {
  it('takes a good file over, keeps the last good one for a bad file, and reads again on SIGHUP', async () => {
    const { folder } = cliFolder({ 'p.yaml': yaml('first'), 'guard.js': guard });
    const file = path.join(folder, 'p.yaml');
    await using cli = new RunningCli('run', '-c', file, '--', ...rawServer, 'serve', '-');
    cli.callEcho(1, 'second');
    expect(await cli.answer(1)).not.toHaveProperty('result.isError');

    writeFileSync(file, yaml('second'));
    await cli.said('the changed configuration is in effect');
    cli.callEcho(2, 'second');
    expect(await cli.answer(2)).toHaveProperty('result.isError', true);

    writeFileSync(file, yaml('7'));
    await cli.said('the last good one stays in effect');
    await cli.said('p.yaml:2:54 must be a text, not 7');
    cli.callEcho(3, 'second');
    expect(await cli.answer(3)).toHaveProperty('result.isError', true);

    writeFileSync(file, yaml('second'));
    await cli.said('the configuration is as before');
    cli.child.kill('SIGHUP');
    await cli.said('reason=signal');
    cli.child.stdin.end();
    expect(await cli.exitCode()).toBe(0);
    const history = readFileSync(path.join(folder, 'history.jsonl'), 'utf8').trimEnd().split('\n');
    expect(history.map((line) => (JSON.parse(line) as { result: string }).result)).toEqual([
      'started',
      'applied',
      'rejected',
    ]);
  });
});
