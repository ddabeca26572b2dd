import type { HookName, IdentityField } from '@mcpplugins/framework-core';
import { forwardingHooks } from './forwarding-hooks.js';
import { incomingHooks, postRequestHook } from './incoming-hooks.js';
import type { HookPoint } from './hook-point.js';
import { promptsList, resourcesList, resourceTemplatesList, rootsList, toolsList } from './lists.js';
import { permissionHook } from './permissions.js';
import { promptsGet } from './prompts-get.js';
import { registrationHooks } from './registration-hooks.js';
import { resourcesRead } from './resources-read.js';
import { elicitationCreate, samplingCreate } from './server-requests.js';
import { completionComplete } from './completion-complete.js';
import { noticeHook } from './notices.js';
import { toolsCall } from './tools-call.js';

/** The table: every place in the protocol at which plugins run. All other messages pass untouched. */
export const hookPoints: readonly HookPoint[] = Object.freeze([
  toolsCall,
  promptsGet,
  resourcesRead,
  toolsList,
  promptsList,
  resourcesList,
  resourceTemplatesList,
  samplingCreate,
  elicitationCreate,
  rootsList,
  completionComplete,
]);

/** The hooks that the gateway calls: `fires` of the manager that it is given. */
export const gatewayHooks: readonly HookName[] = Object.freeze([
  ...new Set(hookPoints.flatMap(({ pre, post }) => (pre === undefined ? [post] : [pre, post]))),
  noticeHook,
]);

/** The hooks that a gateway on HTTP calls: those, the ones of HTTP requests that come in and go out, and of its servers. */
export const httpGatewayHooks: readonly HookName[] = Object.freeze([
  ...gatewayHooks,
  ...incomingHooks,
  postRequestHook,
  permissionHook,
  ...forwardingHooks,
  ...Object.values(registrationHooks).flatMap(({ pre, post }) => [pre, post]),
]);

/** Identity fields that the gateway supplies when it serves one client over stdio: `supplies` of its manager. */
export const stdioIdentityFields: readonly IdentityField[] = Object.freeze(['serverId']);

/** The same of a gateway on HTTP that authenticates its clients; one that does not has those of stdio. */
export const httpIdentityFields: readonly IdentityField[] = Object.freeze(['serverId', 'user', 'tenantId']);
