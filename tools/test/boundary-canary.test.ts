import { describe, expect, it } from 'vitest';
import { findDeadRules, loadLintConfig, readFixtures, switchOffEach } from '../boundary-canary/canary.mjs';
import { layers } from '../boundary-canary/layers.mjs';

const config = loadLintConfig();

describe('import rules', () => {
  it('fail every import of the fixture that they forbid, and no other', async () => {
    expect(await findDeadRules(config)).toEqual([]);
  });

  it.each(switchOffEach(config))('are missed when switched off: $name', async (variant) => {
    expect(await findDeadRules(variant.config)).not.toEqual([]);
  });
});

describe('the fixture', () => {
  const privatePackages = ['tools', 'example-quickstart'];
  const packages = Object.keys(layers).filter((name) => name !== 'plugins');
  const targets = [...packages, 'plugin-pii-filter', ...privatePackages];

  it.each(Object.entries(layers))(
    'imports every package from %s, as the layers allow or forbid',
    (name, allowed) => {
      const folder = name === 'plugins' ? 'plugins/guard' : `packages/${name}`;
      const imported = (kind: 'allowed' | 'layer') =>
        targets.filter((target) =>
          readFixtures()
            .filter(({ file }) => file === `${folder}/src/${kind}.ts`)
            .some(({ lines }) =>
              lines.some(
                (line) =>
                  line.includes(`'@mcpplugins/${target}'`) || line.includes(`'@mcpplugins/${target}/`),
              ),
            ),
        );
      expect(imported('allowed').toSorted()).toEqual([...allowed].toSorted());
      expect(imported('layer').toSorted()).toEqual(
        targets.filter((target) => target !== name && !allowed.includes(target)).toSorted(),
      );
    },
  );
});
