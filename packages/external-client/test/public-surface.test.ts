import { expect, it } from 'vitest';
import * as surface from '../src/index.js';

it('the package exports exactly these values', () => {
  expect(Object.keys(surface).toSorted()).toEqual(['externalErrorCodes', 'externalKind', 'openServer']);
});
