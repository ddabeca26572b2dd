import { acrossHooks } from './across-hooks.mjs';
import { contextCases } from './context.mjs';
import { failureCases } from './failures.mjs';
import { orderCases } from './order.mjs';

/** Every behaviour case. @type {readonly import('../run-case.mjs').BehaviourCase[]} */
export const cases = [...acrossHooks, ...contextCases, ...failureCases, ...orderCases];
