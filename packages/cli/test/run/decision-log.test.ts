import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DecisionRecord, FrameworkError, silentLogger } from '@mcpplugins/framework-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDecisionLog } from '../../src/run/decision-log.js';

const record: DecisionRecord = {
  plugin: 'pii',
  version: '1.2.3',
  hook: 'tool_pre_invoke',
  serverId: 'files',
  target: 'echo',
  mode: 'enforce',
  status: 'ran',
  reason: undefined,
  verdict: 'modify',
  code: undefined,
  changedPaths: ['/args/message'],
  durationMs: 0.25,
};

describe('openDecisionLog', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'decision-log-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('appends one JSON object a step, in snake_case', async () => {
    const file = path.join(folder, 'decisions.jsonl');
    for (const request of ['r1', 'r2']) {
      await using log = openDecisionLog({ file, logger: silentLogger, now: () => 0 });
      log.observer.onDecisions?.([record], request);
    }
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
      ['r1', 'r2'].map((request) => ({
        time: '1970-01-01T00:00:00.000Z',
        request,
        server: 'files',
        hook: 'tool_pre_invoke',
        target: 'echo',
        plugin: 'pii',
        version: '1.2.3',
        mode: 'enforce',
        status: 'ran',
        verdict: 'modify',
        changed_paths: ['/args/message'],
        duration_ms: 0.25,
      })),
    );
  });

  it('writes nothing for a hook call without steps', async () => {
    const file = path.join(folder, 'decisions.jsonl');
    {
      await using log = openDecisionLog({ file, logger: silentLogger });
      log.observer.onDecisions?.([], 'r1');
    }
    expect(await readFile(file, 'utf8')).toBe('');
  });

  it.skipIf(process.platform === 'win32')('makes a file that only its owner reads', async () => {
    const file = path.join(folder, 'decisions.jsonl');
    {
      await using log = openDecisionLog({ file, logger: silentLogger });
      log.observer.onDecisions?.([record], 'r1');
    }
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('refuses a file that cannot be opened, before anything starts', () => {
    const file = path.join(folder, 'no', 'such', 'folder.jsonl');
    let thrown: unknown;
    try {
      openDecisionLog({ file, logger: silentLogger });
    } catch (error) {
      thrown = error;
    }
    expect(FrameworkError.is(thrown, 'DECISIONS_FILE_UNWRITABLE')).toBe(true);
    expect(thrown).toMatchObject({ message: expect.stringContaining(file) as string });
  });
});
