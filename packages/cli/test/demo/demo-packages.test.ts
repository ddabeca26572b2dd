import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FrameworkError } from '@mcpplugins/framework-core';
import { describe, expect, it } from 'vitest';
import { loadDemoPackages } from '../../src/demo/demo-packages.js';

describe('loadDemoPackages', () => {
  it('names the npm command for what is not installed', async () => {
    const from = await mkdtemp(path.join(tmpdir(), 'demo-packages-'));
    const thrown: unknown = await loadDemoPackages({ needsPlugins: true, from }).catch(
      (error: unknown) => error,
    );
    await rm(from, { recursive: true });
    expect(FrameworkError.is(thrown, 'DEMO_PACKAGE_MISSING')).toBe(true);
    expect(thrown).toMatchObject({
      message: expect.stringContaining(
        'npm install --save-dev @mcpplugins/plugin-pii-filter @mcpplugins/plugin-deny-filter @modelcontextprotocol/server-everything',
      ) as string,
    });
  });

  it('does not ask for the plugins of a configuration that is not used', async () => {
    const from = await mkdtemp(path.join(tmpdir(), 'demo-packages-'));
    const thrown: unknown = await loadDemoPackages({ needsPlugins: false, from }).catch(
      (error: unknown) => error,
    );
    await rm(from, { recursive: true });
    expect(String(thrown)).not.toContain('plugin-pii-filter');
  });
});
