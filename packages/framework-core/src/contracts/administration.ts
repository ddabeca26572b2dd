import { z } from 'zod';
import { defineHook } from './define-hook.js';
import { answersNothing, headersSchema, noHostYet } from './mcp-common.js';

/** A server or gateway as a registry describes it; its keys are those of the wire. */
const info = z.record(z.string(), z.unknown());

/** The hooks before and after something is done to a server or a gateway. */
function hookPair<const Subject extends string, const Operation extends string>(
  subject: Subject,
  operation: Operation,
  done: string,
  host = noHostYet,
) {
  const preName = `${subject}_pre_${operation}` as const;
  const postName = `${subject}_post_${operation}` as const;
  const source = `After ContextForge's documented administration hooks. ${host}`;
  return {
    pre: defineHook({
      name: preName,
      phase: 'pre',
      pair: postName,
      payload: z.object({ info, headers: headersSchema.optional() }),
      writable: ['info', 'headers'],
      fixedKeys: { info: /^name$/i },
      readDecision: answersNothing,
      description: `Before a ${subject} is ${done}. ${source}`,
    }),
    post: defineHook({
      name: postName,
      phase: 'post',
      pair: preName,
      payload: z.object({
        info: info.optional(),
        operationSuccess: z.boolean(),
        errorDetails: z.string().optional(),
        headers: headersSchema.optional(),
      }),
      writable: [],
      description: `After a ${subject} was ${done}; read-only. ${source}`,
    }),
  };
}

const served = '`info` is the server as the configuration has it.';

/** Before and after a server's registration. */
export const { pre: serverPreRegister, post: serverPostRegister } = hookPair(
  'server',
  'register',
  'registered',
  served,
);
/** Before and after a server's update. */
export const { pre: serverPreUpdate, post: serverPostUpdate } = hookPair(
  'server',
  'update',
  'updated',
  served,
);
/** Before and after a server's deletion. */
export const { pre: serverPreDelete, post: serverPostDelete } = hookPair(
  'server',
  'delete',
  'deleted',
  served,
);
/** Before and after a server's change of status. */
export const { pre: serverPreStatusChange, post: serverPostStatusChange } = hookPair(
  'server',
  'status_change',
  'enabled or disabled',
);
/** Before and after a gateway's registration. */
export const { pre: gatewayPreRegister, post: gatewayPostRegister } = hookPair(
  'gateway',
  'register',
  'registered',
);
/** Before and after a gateway's update. */
export const { pre: gatewayPreUpdate, post: gatewayPostUpdate } = hookPair('gateway', 'update', 'updated');
/** Before and after a gateway's deletion. */
export const { pre: gatewayPreDelete, post: gatewayPostDelete } = hookPair('gateway', 'delete', 'deleted');
/** Before and after a gateway's change of status. */
export const { pre: gatewayPreStatusChange, post: gatewayPostStatusChange } = hookPair(
  'gateway',
  'status_change',
  'enabled or disabled',
);
