import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { resourceFilterSettings } from '../src/index.js';

const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

it('settings.schema.json is the JSON Schema of the settings', () => {
  expect(JSON.parse(read('settings.schema.json'))).toEqual(
    z.toJSONSchema(resourceFilterSettings, { target: 'draft-7', io: 'input' }),
  );
});

it('the README has a row for each setting and no other', () => {
  const rows = [...read('README.md').matchAll(/^\| `([a-z_]+)`/gm)].map(([, name]) => String(name));
  expect(rows.toSorted()).toEqual(Object.keys(resourceFilterSettings.shape).toSorted());
});
