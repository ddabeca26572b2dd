/** Ways to take a value out of a text. */
export const maskStrategies = ['redact', 'partial', 'hash', 'tokenize', 'remove'] as const;

/** One of the ways to take a value out of a text. */
export type MaskStrategy = (typeof maskStrategies)[number];
