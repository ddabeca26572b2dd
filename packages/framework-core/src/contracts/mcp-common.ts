import { z } from 'zod';
import { FrameworkError } from '../errors/framework-error.js';
import type { ReadDecision } from './hook-contract.js';

/** Ends the description of a hook that is a contract without a host. */
export const noHostYet = 'No host of this project fires it yet.';

/** Where a hook comes from that the specification plans. */
export const planned = '(specification, "Planned Hook Points")';

/** Where the payload of a hook comes from that ContextForge has. */
export function shapeOf(payload: string): string {
  return `Shape of ContextForge's ${payload}Payload.`;
}

/** For a hook before something that nothing can take the place of. */
export const answersNothing: ReadDecision = () => {
  throw new FrameworkError('RESPOND_NOT_ALLOWED', 'respond() on a hook that can change or block, not answer');
};

/** HTTP headers as hooks see them: one string a name. */
export const headersSchema = z.record(z.string(), z.string());

/** How an operation failed: the code, message and data of a JSON-RPC error. */
export const hookErrorSchema = z.object({
  code: z.number(),
  message: z.string(),
  data: z.unknown().optional(),
});

/** How an operation failed, as post hooks see it. */
export type HookError = z.output<typeof hookErrorSchema>;

/** The two fields of a post payload: `result` or `error`, exactly one of them. */
export const postFields = {
  result: z.unknown().optional(),
  error: hookErrorSchema.optional(),
};

/** A post payload with `fields` and either `result` (or what the hook calls it) or `error`. */
export function exactlyOne<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>, result: string) {
  return schema.refine(
    (payload: Readonly<Record<string, unknown>>) =>
      (payload[result] === undefined) !== (payload['error'] === undefined),
    { message: `has ${result} or error, exactly one of them` },
  );
}
