import { expect } from 'vitest';
import { outcomeMatchers, type OutcomeMatchers } from './outcomes/outcome-matchers.js';

declare module 'vitest' {
  // oxlint-disable-next-line no-unused-vars, typescript/no-empty-object-type -- the interface that is extended has it
  interface Matchers<T> extends OutcomeMatchers {}
}

expect.extend(outcomeMatchers);

export { outcomeMatchers };
export type { OutcomeMatchers };
