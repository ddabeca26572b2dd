import { compileSafePattern } from '@mcpplugins/plugin-kit';
import { z } from 'zod';
import { foldText } from './matcher/fold-text.js';

/** What is done about a denied word. */
const denyActions = ['block', 'redact', 'warn'] as const;

/** What is done about a denied word. */
export type DenyAction = (typeof denyActions)[number];

const action = z.enum(denyActions);
const category = z.string().min(1);
const word = z
  .string()
  .refine(
    (text) => foldText(text.trim()) !== '',
    'a word needs a character that can be seen: this one is in every text',
  );

const pattern = z
  .string()
  .min(1)
  .superRefine((source, context) => {
    try {
      compileSafePattern(source);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
    }
  });

/** Settings of `DenyFilter`, in the spelling of YAML. */
export const denyFilterSettings = z
  .strictObject({
    words: z
      .array(
        z.union([
          word,
          z.strictObject({
            word: word.describe('A word or phrase.'),
            action: action.describe('In place of `action` of all.').optional(),
            category: category.describe('Stands for the word in violations and metadata.').optional(),
            whole_word: z.boolean().describe('In place of `whole_words`.').optional(),
          }),
        ]),
      )
      .default([])
      .describe('Words or phrases: plain, or with a rule of their own.'),
    patterns: z
      .array(
        z.strictObject({
          pattern: pattern.describe('Regular expression.'),
          action: action.describe('In place of `action` of all.').optional(),
          category: category.describe('Stands for the pattern in violations and metadata.').optional(),
        }),
      )
      .default([])
      .describe(
        'Regular expressions (RE2 syntax), without regard to letter case, in the text as it is written.',
      ),
    whole_words: z
      .boolean()
      .default(false)
      .describe('Whether a word counts only where it is no part of a longer one.'),
    action: action
      .default('block')
      .describe(
        'What is done about a find: `block` refuses, `redact` writes `redaction_text`, `warn` reports.',
      ),
    violation_code: z.string().min(1).default('DENY_LIST').describe('Code of the violation.'),
    redaction_text: z.string().max(200).default('[REDACTED]').describe('What a redacted word becomes.'),
  })
  .refine(({ words, patterns }) => words.length + patterns.length > 0, {
    path: ['words'],
    message: 'needs at least one word (or one of `patterns`): an empty list denies nothing',
  });

/** Settings with every default filled in. */
export type DenyFilterSettings = z.output<typeof denyFilterSettings>;
