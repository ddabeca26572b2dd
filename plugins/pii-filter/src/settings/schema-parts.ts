import { compileSafePattern } from '@mcpplugins/plugin-kit';
import { z } from 'zod';
import { maskStrategies } from '../mask/strategies.js';

/** Names of mask strategies in the specification's manifest, and what they are here. */
export const strategyAliases = { full: 'redact', token: 'tokenize' } as const;

/** A mask strategy by name or alias. */
export const strategySchema = z.enum([...maskStrategies, 'full', 'token']);

/** What is done about a value: mask it, refuse the operation, count it only, or nothing. */
export const actions = ['mask', 'block', 'report', 'allow'] as const;

/** What is done about a value. */
export type PiiAction = (typeof actions)[number];

/** A score, 0 to 1. */
export const scoreSchema = z.number().min(0).max(1);

/** A regular expression in RE2 syntax. */
export const patternSchema = z
  .string()
  .min(1)
  .superRefine((source, context) => {
    try {
      compileSafePattern(source);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
    }
  });
