import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { externalKind } from '@mcpplugins/external-client';
import {
  type HookName,
  PluginManager,
  type PluginRegistration,
  resolvePluginConfig,
} from '@mcpplugins/framework-core';
import { PiiFilter } from '@mcpplugins/plugin-pii-filter';
import { ResourceFilter } from '@mcpplugins/plugin-resource-filter';
import { afterAll, describe, expect, it } from 'vitest';
import { type FilterCase, filterCases } from './filter-cases.js';

const root = path.resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(path.join(tmpdir(), 'served-'));
symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const nameOf = (filterCase: FilterCase) => `case-${filterCases.indexOf(filterCase)}`;

/** In the host's own process. */
const inProcess = (filterCase: FilterCase): PluginRegistration => ({
  config: { name: nameOf(filterCase), kind: filterCase.plugin, config: { ...filterCase.config } },
  load: () => (filterCase.plugin === 'pii-filter' ? PiiFilter : ResourceFilter),
});

/** One server, which all cases share as plugins of a host do. */
function behindServe(): (filterCase: FilterCase) => PluginRegistration {
  const plugins = filterCases.map((filterCase) => ({
    name: nameOf(filterCase),
    kind: `@mcpplugins/plugin-${filterCase.plugin}`,
    config: filterCase.config,
  }));
  writeFileSync(path.join(folder, 'plugins.json'), JSON.stringify({ plugins }));
  const kind = externalKind();
  const cmd = [process.execPath, path.join(root, 'packages/cli/bin/mcpplugins.js')];
  const mcp = { proto: 'STDIO', cmd: [...cmd, 'serve', '-c', 'plugins.json', '--transport', 'stdio'] };
  return (filterCase) => {
    const config = { name: nameOf(filterCase), kind: 'external', mcp };
    return { config, load: () => kind(resolvePluginConfig(config), { directory: folder, env: {} }) };
  };
}

describe.each([
  { where: 'in process', register: inProcess },
  { where: 'behind mcpplugins serve', register: behindServe() },
])('the filters $where', ({ register }) => {
  it.each(filterCases)('$plugin $name', async (filterCase) => {
    const manager = await PluginManager.start({ plugins: [register(filterCase)] });
    const outcome = await manager
      .openRequest({ requestId: 'case' })
      .invoke(filterCase.hook as HookName, structuredClone(filterCase.payload) as never);
    await manager.shutdown();
    const { payload, violation = {}, metadata = outcome.metadata } = filterCase.expect;
    expect(outcome.continueProcessing).toBe(filterCase.expect.violation === undefined);
    expect({ ...outcome.violation }).toMatchObject(violation);
    expect(outcome.modifiedPayload).toEqual(payload);
    expect(outcome.metadata).toEqual(metadata);
  });
});
