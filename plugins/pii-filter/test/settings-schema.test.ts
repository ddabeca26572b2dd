import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createPiiEngine, piiFilterSettings, piiTypes } from '../src/index.js';

const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
const readme = read('README.md');

it('settings.schema.json is the JSON Schema of the settings', () => {
  expect(JSON.parse(read('settings.schema.json'))).toEqual(
    z.toJSONSchema(piiFilterSettings, { target: 'draft-7', io: 'input' }),
  );
});

it('the README has a row for each setting, names each type, and no other', () => {
  const rows = [...readme.matchAll(/^\| `([a-z_]{3,})` +\| (?!`ssn`)/gm)].map(([, name]) => String(name));
  expect(rows.toSorted()).toEqual(Object.keys(piiFilterSettings.shape).toSorted());
  const types = readme.slice(readme.indexOf('| locale'), readme.indexOf('Numbers with a checksum'));
  for (const type of piiTypes) expect(types).toContain(`\`${type}\``);
});

it('the README shows what the engine really does', () => {
  const engine = createPiiEngine({ locales: ['us'] });
  const card = 'Card 4111 1111 1111 1111';
  expect(readme).toContain(`engine.mask('${card}').text; // '${engine.mask(card).text}'`);
  expect(engine.scan(card)).toEqual([
    { type: 'credit_card', start: 5, end: 24, score: 0.85, detector: 'card' },
  ]);
  expect(createPiiEngine().mask('My SSN is 123-45-6789').text).toBe('My SSN is XXX-XX-6789');
});
