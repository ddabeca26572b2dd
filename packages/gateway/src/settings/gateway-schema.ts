import { z } from 'zod';
import { gatewayAuthSchema } from '../auth/auth-schema.js';

const text = z.string().min(1);
const count = z.int().positive();
const seconds = z.number().positive();

/** `gateway` of a configuration, in TypeScript spelling: where the gateway listens, and whom and how much it lets in. */
export const gatewaySchema = z.strictObject({
  host: text
    .describe(
      'Name or address to listen on. Default: 127.0.0.1; any other than of this machine needs `auth`.',
    )
    .optional(),
  port: z.int().min(0).max(65_535).describe('0 takes any free one. Default: 8808.').optional(),
  auth: gatewayAuthSchema.describe('Who may come in. Default: everybody on this machine.').optional(),
  allowedHosts: z
    .array(text)
    .describe('Host names that requests may be addressed to. Default: those of this machine for itself.')
    .optional(),
  allowedOrigins: z
    .array(text)
    .describe('Origins of web pages that may use it, besides pages of these hosts.')
    .optional(),
  blockedToolCalls: z
    .enum(['result', 'error'])
    .describe(
      'A blocked tool call is a result with `isError`, which models read, or a JSON-RPC error. Default: result.',
    )
    .optional(),
  maxMessageBytes: count.describe('Bytes that one message may have. Default: 10485760.').optional(),
  maxSessions: count.describe('Sessions that may be open. Default: 10000.').optional(),
  sessionIdleTimeout: seconds
    .describe('Seconds after which an idle session is closed. Default: 1800.')
    .optional(),
  maxConcurrentCalls: count.describe('Requests of all clients in flight. Default: 1024.').optional(),
  maxConcurrentCallsPerSession: count.describe('Requests of one session in flight. Default: 128.').optional(),
  maxWaitingCalls: count.describe('Requests that may wait for their turn. Default: 1024.').optional(),
  drainTimeout: z
    .number()
    .nonnegative()
    .describe('Seconds that requests get to be answered when the gateway stops. Default: 10.')
    .optional(),
});

/** `gateway` of a configuration. */
export type GatewaySettings = z.output<typeof gatewaySchema>;
