import { z } from 'zod';
import { defineHook } from './define-hook.js';

/** Before a server's notification that carries text reaches the client. */
export const notificationPreSend = defineHook({
  name: 'notification_pre_send',
  phase: 'pre',
  payload: z.object({ method: z.string(), params: z.record(z.string(), z.unknown()) }),
  writable: ['params'],
  description:
    'Before `notifications/message` or `notifications/progress` of a server reaches the client. `params` are its MCP ' +
    'parameters. A notification that is blocked is dropped.',
});
