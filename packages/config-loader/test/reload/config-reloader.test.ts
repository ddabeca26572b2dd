import { once } from 'node:events';
import { readFileSync, renameSync, statSync, watch, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import {
  type ConfigReloaderOptions,
  type LoadConfigOptions,
  type LoadedConfig,
  loadConfig,
  type ReloadEvent,
  startConfigReloader,
} from '../../src/index.js';
import { configFolder, guardModule } from '../support/config-folder.js';

const canary = 'CANARY-7b1f';
const yaml = (words: string, settings = '') =>
  `plugins:\n  - { name: G, kind: ./guard.js, config: { words: [${words}] } }\n${settings}`;

async function start(
  text: string,
  options: Partial<ConfigReloaderOptions> = {},
  load: LoadConfigOptions = {},
  files: Readonly<Record<string, string>> = {},
) {
  const folder = configFolder({ 'p.yaml': text, 'guard.js': guardModule, ...files });
  const file = path.join(folder, 'p.yaml');
  const applied: LoadedConfig[] = [];
  const events: ReloadEvent[] = [];
  const reloader = startConfigReloader({
    current: await loadConfig(file, load),
    load,
    apply: async (config) => {
      applied.push(config);
    },
    onEvent: (event) => events.push(event),
    ...options,
  });
  return { reloader, file, folder, applied, events };
}

const history = (file: string) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);

describe('a reload', () => {
  it('applies a changed file and says what changed', async () => {
    const { reloader, file, applied } = await start(yaml('a'));
    const before = reloader.current.hash;
    writeFileSync(file, yaml('a, b'));
    expect(await reloader.reload({ by: 'ada' })).toMatchObject({
      type: 'applied',
      reason: 'api',
      by: 'ada',
      hashBefore: before,
      hashAfter: reloader.current.hash,
      changes: [{ path: 'plugins.G.config.words[1]', after: 'b' }],
    });
    expect(applied).toEqual([reloader.current]);
  });

  it('keeps the last good configuration when the file is bad, until it is good again', async () => {
    const { reloader, file, applied } = await start(yaml('a'));
    const good = reloader.current;
    writeFileSync(file, yaml('7'));
    const event = await reloader.reload();
    expect(event).toMatchObject({
      type: 'rejected',
      failure: { diagnostics: [{ line: 2, code: 'PLUGIN_SETTINGS_REJECTED' }] },
    });
    expect(reloader.current).toBe(good);
    expect(reloader.failure?.message).toContain('p.yaml:2:');
    expect(applied).toEqual([]);
    writeFileSync(file, yaml('a'));
    expect(await reloader.reload({ reason: 'watch' })).toMatchObject({ type: 'unchanged' });
    expect(reloader.failure).toBeUndefined();
  });

  it('keeps the last good configuration when the new one cannot be started', async () => {
    const { reloader, file } = await start(yaml('a'), {
      apply: () => Promise.reject(new Error('no database')),
    });
    const good = reloader.current;
    writeFileSync(file, yaml('b'));
    expect(await reloader.reload()).toMatchObject({
      type: 'rejected',
      failure: { message: 'no database', diagnostics: [] },
    });
    expect(reloader.current).toBe(good);
  });

  it('starts an unchanged file again for who asks, and leaves it alone when it was only touched', async () => {
    const { reloader, file, applied } = await start(yaml('a'));
    writeFileSync(file, `# a comment\n${yaml('a')}`);
    expect(await reloader.reload({ reason: 'watch' })).toMatchObject({ type: 'unchanged' });
    expect(applied).toHaveLength(0);
    expect(await reloader.reload({ reason: 'signal' })).toMatchObject({ type: 'unchanged' });
    expect(applied).toHaveLength(1);
  });

  it('happens one after the other, and the last file wins', async () => {
    let running = 0;
    const { reloader, file, applied } = await start(yaml('a'), {
      apply: async (config) => {
        expect(++running).toBe(1);
        await new Promise(setImmediate);
        running--;
        applied.push(config);
      },
    });
    writeFileSync(file, yaml('b'));
    const first = reloader.reload();
    const second = first.then(() => writeFileSync(file, yaml('c')));
    const third = second.then(() => reloader.reload());
    await Promise.all([first, reloader.reload(), second, third]);
    expect(reloader.current.plugins[0]?.config.config).toEqual({ words: ['c'] });
  });

  it('notices that a variable or the file of a secret changed, and shows neither', async () => {
    const env: Record<string, string> = { WORD: 'one' };
    const { reloader, folder } = await start(
      yaml('"${WORD}", "${file:secret}"'),
      {},
      { env },
      { secret: 'two' },
    );
    env['WORD'] = canary;
    writeFileSync(path.join(folder, 'secret'), canary);
    const event = await reloader.reload({ reason: 'watch' });
    expect(event).toMatchObject({
      type: 'applied',
      changes: [
        { before: '${WORD}', after: '${WORD}' },
        { before: '${file:secret}', after: '${file:secret}' },
      ],
    });
    expect(JSON.stringify(event)).not.toContain(canary);
  });

  it('survives a listener that throws', async () => {
    const onTrouble = vi.fn<(error: unknown) => void>();
    const { reloader } = await start(yaml('a'), {
      onTrouble,
      onEvent: () => {
        throw new Error('listener');
      },
    });
    await reloader.reload();
    expect(onTrouble).toHaveBeenCalledWith(new Error('listener'));
  });
});

describe('watching', () => {
  // A busy machine may deliver the steps of one change apart: what changes nothing does not count.
  const applied = (events: readonly ReloadEvent[]) => events.filter(({ type }) => type === 'applied');
  const changed = (events: readonly ReloadEvent[], count: number) =>
    vi.waitFor(() => expect(applied(events)).toHaveLength(count), { timeout: 15_000, interval: 10 });

  it('reloads when the file, an overlay or a secret is written or replaced, and once for many steps', async () => {
    const overlay = 'plugins: [{ name: G, priority: 1 }]';
    const folder = configFolder({
      'p.yaml': yaml('"${file:run/secret}"'),
      'guard.js': guardModule,
      'over/o.yaml': overlay,
      'run/secret': 'one',
    });
    const file = path.join(folder, 'p.yaml');
    const load = { overlays: [path.join(folder, 'over/o.yaml')] };
    const events: ReloadEvent[] = [];
    await using reloader = startConfigReloader({
      current: await loadConfig(file, load),
      load,
      apply: async () => undefined,
      watch: true,
      debounceMs: 50,
      onEvent: (event) => events.push(event),
    });
    writeFileSync(file, yaml('"half'));
    writeFileSync(file, yaml('"${file:run/secret}", b'));
    await changed(events, 1);
    writeFileSync(path.join(folder, 'over/o.yaml'), overlay.replace('1', '2'));
    await changed(events, 2);
    writeFileSync(path.join(folder, 'run/next'), 'two');
    renameSync(path.join(folder, 'run/next'), path.join(folder, 'run/secret'));
    await changed(events, 3);
    expect(
      applied(events).map((event) => event.type === 'applied' && event.changes.map(({ path: at }) => at)),
    ).toEqual([['plugins.G.config.words[1]'], ['plugins.G.priority'], ['plugins.G.config.words[0]']]);
    expect(reloader.current.plugins[0]?.config).toMatchObject({
      priority: 2,
      config: { words: ['two', 'b'] },
    });
  });

  it('ends with close', async () => {
    const { reloader, file, events } = await start(yaml('a'), { watch: true, debounceMs: 1 });
    await reloader.close();
    const witness = watch(path.dirname(file));
    const seen = once(witness, 'change');
    writeFileSync(file, yaml('b'));
    // Whoever still watched has been told by now, and would have waited for one millisecond.
    await seen;
    witness.close();
    await setTimeout(5);
    expect(events).toEqual([]);
  });
});

describe('the history', () => {
  const settings = 'plugin_settings: { config_history: history.jsonl }\n';

  it('has a line for the start and for each change and refusal, only ever appended', async () => {
    const { reloader, file, folder } = await start(yaml('a', settings), {}, { env: { WORD: canary } });
    const log = path.join(folder, 'history.jsonl');
    writeFileSync(file, yaml('"${WORD}"', settings));
    await reloader.reload({ by: 'ada' });
    const so = readFileSync(log, 'utf8');
    writeFileSync(file, yaml('7', settings));
    await reloader.reload({ reason: 'signal', by: 'ada' });
    await reloader.reload({ by: 'ada' });
    expect(readFileSync(log, 'utf8').startsWith(so)).toBe(true);
    expect(history(log)).toMatchObject([
      { result: 'started', reason: 'start', hash_before: null, changes: [] },
      {
        result: 'applied',
        reason: 'api',
        by: 'ada',
        changes: [{ path: 'plugins.G.config.words[0]', before: 'a', after: '${WORD}' }],
      },
      {
        result: 'rejected',
        reason: 'signal',
        hash_after: null,
        errors: [expect.stringContaining('p.yaml:2:')],
      },
      { result: 'rejected' },
    ]);
    const [started, applied, rejected] = history(log);
    expect(applied?.['hash_before']).toBe(started?.['hash_after']);
    expect(rejected?.['hash_before']).toBe(applied?.['hash_after']);
    expect(readFileSync(log, 'utf8')).not.toContain(canary);
    expect(statSync(log).mode & 0o077).toBe(0);
  });

  it('says when a process starts with another configuration than the last one, and nothing when with the same', async () => {
    const { reloader, file, folder } = await start(yaml('a', settings));
    const log = path.join(folder, 'history.jsonl');
    await reloader.close();
    const apply = async () => undefined;
    startConfigReloader({ current: await loadConfig(file), apply });
    expect(history(log)).toHaveLength(1);
    writeFileSync(file, yaml('b', settings));
    startConfigReloader({ current: await loadConfig(file), apply });
    const [first, second] = history(log);
    expect(second).toMatchObject({ result: 'started', hash_before: first?.['hash_after'] });
  });

  it('that cannot be written is reported and stops nothing', async () => {
    const onTrouble = vi.fn<(error: unknown) => void>();
    const { reloader, file, applied } = await start(
      yaml('a', settings.replace('history.jsonl', 'no/history.jsonl')),
      {
        onTrouble,
      },
    );
    writeFileSync(file, yaml('b', settings.replace('history.jsonl', 'no/history.jsonl')));
    expect(await reloader.reload()).toMatchObject({ type: 'applied' });
    expect(applied).toHaveLength(1);
    expect(onTrouble).toHaveBeenCalledTimes(2);
  });
});
