import type { z } from 'zod';
import type { promptPostFetch, promptPreFetch } from './prompts.js';
import type { toolPostInvoke, toolPreInvoke } from './tools.js';
import type { resourcePostFetch, resourcePreFetch } from './resources.js';
import type { agentPostInvoke, agentPreInvoke } from './agents.js';
import type { promptPostList, resourcePostList, rootsPostList, toolPostList } from './lists.js';
import type {
  elicitationPostResponse,
  elicitationPreCreate,
  samplingPostComplete,
  samplingPreCreate,
} from './server-requests.js';
import type { completionPostComplete, completionPreComplete } from './completions.js';
import type { notificationPreSend } from './notifications.js';
import type {
  httpAuthCheckPermission,
  httpAuthResolveUser,
  httpPostForwardingCall,
  httpPostRequest,
  httpPreForwardingCall,
  httpPreRequest,
} from './http.js';
import type {
  gatewayPostDelete,
  gatewayPostRegister,
  gatewayPostStatusChange,
  gatewayPostUpdate,
  gatewayPreDelete,
  gatewayPreRegister,
  gatewayPreStatusChange,
  gatewayPreUpdate,
  serverPostDelete,
  serverPostRegister,
  serverPostStatusChange,
  serverPostUpdate,
  serverPreDelete,
  serverPreRegister,
  serverPreStatusChange,
  serverPreUpdate,
} from './administration.js';
import type {
  authPostCheck,
  authPreCheck,
  federationPostSync,
  federationPreSync,
} from './auth-and-federation.js';
import type { AnyHookContract, ContractPayload, PayloadSchema } from './hook-contract.js';

/**
 * Contract by hook name. Packages with hooks of their own add them by module augmentation, and every API that takes
 * a hook then knows the name:
 * `declare module '@mcpplugins/framework-core' { interface HookContracts { my_hook: typeof myHook } }`
 */
export interface HookContracts {
  prompt_pre_fetch: typeof promptPreFetch;
  prompt_post_fetch: typeof promptPostFetch;
  tool_pre_invoke: typeof toolPreInvoke;
  tool_post_invoke: typeof toolPostInvoke;
  resource_pre_fetch: typeof resourcePreFetch;
  resource_post_fetch: typeof resourcePostFetch;
  agent_pre_invoke: typeof agentPreInvoke;
  agent_post_invoke: typeof agentPostInvoke;
  tool_post_list: typeof toolPostList;
  prompt_post_list: typeof promptPostList;
  resource_post_list: typeof resourcePostList;
  roots_post_list: typeof rootsPostList;
  sampling_pre_create: typeof samplingPreCreate;
  sampling_post_complete: typeof samplingPostComplete;
  elicitation_pre_create: typeof elicitationPreCreate;
  elicitation_post_response: typeof elicitationPostResponse;
  completion_pre_complete: typeof completionPreComplete;
  completion_post_complete: typeof completionPostComplete;
  notification_pre_send: typeof notificationPreSend;
  http_pre_forwarding_call: typeof httpPreForwardingCall;
  http_post_forwarding_call: typeof httpPostForwardingCall;
  http_pre_request: typeof httpPreRequest;
  http_post_request: typeof httpPostRequest;
  http_auth_resolve_user: typeof httpAuthResolveUser;
  http_auth_check_permission: typeof httpAuthCheckPermission;
  server_pre_register: typeof serverPreRegister;
  server_post_register: typeof serverPostRegister;
  server_pre_update: typeof serverPreUpdate;
  server_post_update: typeof serverPostUpdate;
  server_pre_delete: typeof serverPreDelete;
  server_post_delete: typeof serverPostDelete;
  server_pre_status_change: typeof serverPreStatusChange;
  server_post_status_change: typeof serverPostStatusChange;
  gateway_pre_register: typeof gatewayPreRegister;
  gateway_post_register: typeof gatewayPostRegister;
  gateway_pre_update: typeof gatewayPreUpdate;
  gateway_post_update: typeof gatewayPostUpdate;
  gateway_pre_delete: typeof gatewayPreDelete;
  gateway_post_delete: typeof gatewayPostDelete;
  gateway_pre_status_change: typeof gatewayPreStatusChange;
  gateway_post_status_change: typeof gatewayPostStatusChange;
  auth_pre_check: typeof authPreCheck;
  auth_post_check: typeof authPostCheck;
  federation_pre_sync: typeof federationPreSync;
  federation_post_sync: typeof federationPostSync;
}

/** Name of a hook whose contract the compiler knows. */
export type HookName = keyof HookContracts;

/** A hook, by name or by contract object. */
export type HookReference = HookName | AnyHookContract;

/** The payload type of a hook given by name or contract. */
export type PayloadOf<Hook extends HookReference> = Hook extends HookName
  ? HookContracts[Hook] extends { readonly payload: infer Schema extends PayloadSchema }
    ? z.output<Schema>
    : never
  : Hook extends AnyHookContract
    ? ContractPayload<Hook>
    : never;
