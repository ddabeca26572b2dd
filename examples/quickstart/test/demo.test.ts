import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { root } from './support/paths.js';

const run = promisify(execFile);
const demo = [path.join(root, 'packages/cli/bin/mcpplugins.js'), 'demo'];

describe('mcpplugins demo', () => {
  it('shows two masked calls and a blocked one, with what each plugin decided, and ends with 0', async () => {
    const { stdout } = await run(process.execPath, [...demo, '-c', 'examples/quickstart/plugins.yaml'], {
      cwd: root,
    });
    expect(stdout).toContain("before  Echo: Ann's SSN is 123-45-6789");
    expect(stdout).toMatch(/after {3}Echo: Ann's SSN is (?!123)/);
    expect(stdout).toMatch(/before {2}"CUSTOMER_EMAIL": "ann\.smith@example\.com"/);
    expect(stdout).toMatch(/after {3}"CUSTOMER_EMAIL": "(?!ann\.smith)/);
    expect(stdout).toMatch(/after {3}blocked/);
    expect(stdout).toMatch(/tool_pre_invoke +pii +modify +\/args\/message +[\d.]+ ms/);
    expect(stdout).toMatch(/tool_pre_invoke +deny-words +block /);
    expect(stdout).toContain('mcpplugins run -c examples/quickstart/plugins.yaml -- node your-server.js');
  });

  it('reports the same as JSON', async () => {
    const { stdout } = await run(process.execPath, [...demo, '--json'], { cwd: root });
    const report = JSON.parse(stdout) as { readonly calls: readonly { readonly isGuarded: boolean }[] };
    expect(report).toMatchObject({ isGuarded: true, hasSameTools: true });
    expect(report.calls.map((call) => call.isGuarded)).toEqual([true, true, true]);
  });

  it('ends with 1 and says what did not hold when a configuration does not guard', async () => {
    const config = path.join(root, 'examples/quickstart/test/support/unguarded.yaml');
    const failure: unknown = await run(process.execPath, [...demo, '-c', config], { cwd: root }).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('A denied word never reaches the tool') as string,
    });
  });

  it('comes with the configuration of this example', async () => {
    const plugins = (text: string) => text.slice(text.indexOf('plugins:'));
    const [own, bundled] = await Promise.all([
      readFile(path.join(root, 'examples/quickstart/plugins.yaml'), 'utf8'),
      readFile(path.join(root, 'packages/cli/demo/plugins.yaml'), 'utf8'),
    ]);
    expect(plugins(bundled)).toBe(plugins(own));
  });
}, 60_000);
