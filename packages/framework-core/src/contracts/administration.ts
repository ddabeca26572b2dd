import { z } from 'zod';
import { defineHook } from './define-hook.js';
import { answersNothing, headersSchema, noHostYet } from './mcp-common.js';

/** A server or gateway as a registry describes it; its keys are those of the wire. */
const info = z.record(z.string(), z.unknown());

function preHook<const Name extends string>(name: Name, pair: string, doing: string, host = noHostYet) {
  return defineHook({
    name,
    phase: 'pre',
    pair,
    payload: z.object({ info, headers: headersSchema.optional() }),
    writable: ['info', 'headers'],
    fixedKeys: { info: ['name'] },
    readDecision: answersNothing(name),
    description: `Before ${doing}. After ContextForge's documented administration hooks. ${host}`,
  });
}

function postHook<const Name extends string>(name: Name, pair: string, doing: string, host = noHostYet) {
  return defineHook({
    name,
    phase: 'post',
    pair,
    payload: z.object({
      info: info.optional(),
      operationSuccess: z.boolean(),
      errorDetails: z.string().optional(),
      headers: headersSchema.optional(),
    }),
    writable: [],
    description: `After ${doing}; read-only. After ContextForge's documented administration hooks. ${host}`,
  });
}

const served =
  'At the start and when the configuration changes: `info` is the server as the configuration has it, with its `name`, credentials redacted.';
const before = `${served} A changed \`info\` is checked and used; a block leaves this server as it was.`;
const after = `${served} \`operationSuccess\` is false when it was blocked.`;

/** Before a server's registration. */
export const serverPreRegister = preHook(
  'server_pre_register',
  'server_post_register',
  'a server is registered',
  before,
);
/** After a server's registration. */
export const serverPostRegister = postHook(
  'server_post_register',
  'server_pre_register',
  'a server was registered',
  after,
);
/** Before a server's update. */
export const serverPreUpdate = preHook(
  'server_pre_update',
  'server_post_update',
  'a server is updated',
  before,
);
/** After a server's update. */
export const serverPostUpdate = postHook(
  'server_post_update',
  'server_pre_update',
  'a server was updated',
  after,
);
/** Before a server's deletion. */
export const serverPreDelete = preHook(
  'server_pre_delete',
  'server_post_delete',
  'a server is deleted',
  before,
);
/** After a server's deletion. */
export const serverPostDelete = postHook(
  'server_post_delete',
  'server_pre_delete',
  'a server was deleted',
  after,
);
/** Before a server's change of status. */
export const serverPreStatusChange = preHook(
  'server_pre_status_change',
  'server_post_status_change',
  'a server is enabled or disabled',
);
/** After a server's change of status. */
export const serverPostStatusChange = postHook(
  'server_post_status_change',
  'server_pre_status_change',
  'a server was enabled or disabled',
);
/** Before a gateway's registration. */
export const gatewayPreRegister = preHook(
  'gateway_pre_register',
  'gateway_post_register',
  'a gateway is registered',
);
/** After a gateway's registration. */
export const gatewayPostRegister = postHook(
  'gateway_post_register',
  'gateway_pre_register',
  'a gateway was registered',
);
/** Before a gateway's update. */
export const gatewayPreUpdate = preHook('gateway_pre_update', 'gateway_post_update', 'a gateway is updated');
/** After a gateway's update. */
export const gatewayPostUpdate = postHook(
  'gateway_post_update',
  'gateway_pre_update',
  'a gateway was updated',
);
/** Before a gateway's deletion. */
export const gatewayPreDelete = preHook('gateway_pre_delete', 'gateway_post_delete', 'a gateway is deleted');
/** After a gateway's deletion. */
export const gatewayPostDelete = postHook(
  'gateway_post_delete',
  'gateway_pre_delete',
  'a gateway was deleted',
);
/** Before a gateway's change of status. */
export const gatewayPreStatusChange = preHook(
  'gateway_pre_status_change',
  'gateway_post_status_change',
  'a gateway is enabled or disabled',
);
/** After a gateway's change of status. */
export const gatewayPostStatusChange = postHook(
  'gateway_post_status_change',
  'gateway_pre_status_change',
  'a gateway was enabled or disabled',
);
