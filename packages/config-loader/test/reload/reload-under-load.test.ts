import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { PluginManager } from '@mcpplugins/framework-core';
import { expect, it } from 'vitest';
import { loadConfig, startConfigReloader } from '../../src/index.js';
import { configFolder } from '../support/config-folder.js';

const reloads = 50;
const requestsPerReload = 200;
const plugins = ['first', 'second', 'third'];

/** Every plugin says of which generation it is, and counts its ends. */
const tagged = `
import { Plugin, proceed } from '@mcpplugins/framework-core';
export default class Tagged extends Plugin {
  hooks = {
    tool_pre_invoke: async () => { await new Promise(setImmediate); return this.say(); },
    tool_post_invoke: () => this.say(),
  };
  say() {
    if (this.ended) throw new Error('called after its end');
    return proceed({ [this.name]: this.config.config.generation });
  }
  shutdown() {
    this.ended = true;
    const key = this.name + ' ' + this.config.config.generation;
    const { ends } = globalThis.reloadTest;
    ends.set(key, (ends.get(key) ?? 0) + 1);
  }
}
`;

it('10 000 requests over 50 reloads see one whole configuration each, and old plugins end once', async () => {
  const ends = new Map<string, number>();
  Object.assign(globalThis, { reloadTest: { ends } });
  const folder = configFolder({ 'tagged.js': tagged });
  const file = path.join(folder, 'p.yaml');
  const write = (generation: number, mode = 'enforce') =>
    writeFileSync(
      file,
      plugins.reduce(
        (yaml, name) =>
          `${yaml}  - { name: ${name}, kind: ./tagged.js, mode: ${mode}, config: { generation: ${generation} } }\n`,
        'plugins:\n',
      ),
    );
  write(0);
  const config = await loadConfig(file);
  const manager = await PluginManager.start(config);
  const drained: Promise<void>[] = [];
  await using reloader = startConfigReloader({
    current: config,
    apply: async (next) => {
      drained.push((await manager.reload(next)).drained);
    },
  });

  const seen = new Set<string>();
  let answered = 0;
  const roundEnds = Array.from({ length: reloads + 3 }, gate);
  /** Stays open between its two hooks for none, one or two reloads. */
  const request = async (round: number, index: number) => {
    const one = manager.openRequest();
    const before = await one.invoke('tool_pre_invoke', { name: 'echo', args: {} });
    await roundEnds[round + (index % 3)]?.opened;
    const after = await one.invoke('tool_post_invoke', { name: 'echo', result: { content: [] } });
    one.close();
    for (const { metadata, continueProcessing } of [before, after]) {
      expect(continueProcessing).toBe(true);
      const generations = plugins.map((name) => metadata[name]);
      expect(new Set(generations).size).toBe(1);
      expect(generations[0]).toBe(before.metadata['first']);
    }
    seen.add(String(before.metadata['first']));
    answered++;
  };

  const requests: Promise<void>[] = [];
  let good = 0;
  const results: string[] = [];
  for (let round = 1; round <= reloads; round++) {
    const isBroken = round % 10 === 0;
    write(round, isBroken ? 'enforced' : 'enforce');
    for (let half = 0; half < requestsPerReload / 2; half++) requests.push(request(round, half));
    const reloading = reloader.reload();
    for (let half = 0; half < requestsPerReload / 2; half++) requests.push(request(round, half));
    results.push((await reloading).type);
    roundEnds[round]?.open();
    if (!isBroken) good = round;
    expect(reloader.failure !== undefined).toBe(isBroken);
    expect(reloader.current.plugins[0]?.config.config).toEqual({ generation: good });
  }
  for (const { open } of roundEnds) open();
  await Promise.all(requests);
  await Promise.all(drained);

  expect(answered).toBe(reloads * requestsPerReload);
  expect(results.filter((type) => type === 'rejected')).toHaveLength(reloads / 10);
  expect(results.filter((type) => type === 'applied')).toHaveLength(reloads - reloads / 10);
  expect(seen.size).toBeGreaterThan(reloads / 2);
  const alive = reloads % 10 === 0 ? reloads - 1 : reloads;
  const expected = Array.from({ length: reloads + 1 }, (_, generation) => generation)
    .filter((generation) => generation !== alive && (generation === 0 || generation % 10 !== 0))
    .flatMap((generation) => plugins.map((name) => `${name} ${generation}`));
  expect([...ends.keys()].toSorted()).toEqual(expected.toSorted());
  expect([...ends.values()].every((count) => count === 1)).toBe(true);

  await manager.shutdown();
  expect(ends.get(`first ${alive}`)).toBe(1);
});

function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
