import { expect, it } from 'vitest';
import * as surface from '../src/index.js';

it('exports these names and no others', () => {
  expect(Object.keys(surface).toSorted()).toEqual(['ResourceFilter', 'default', 'resourceFilterSettings']);
});
