import { promptPostFetch, promptPreFetch } from './prompts.js';
import { toolPostInvoke, toolPreInvoke } from './tools.js';
import { resourcePostFetch, resourcePreFetch } from './resources.js';
import { agentPostInvoke, agentPreInvoke } from './agents.js';
import { promptPostList, resourcePostList, rootsPostList, toolPostList } from './lists.js';
import {
  elicitationPostResponse,
  elicitationPreCreate,
  samplingPostComplete,
  samplingPreCreate,
} from './server-requests.js';
import { completionPostComplete, completionPreComplete } from './completions.js';
import { notificationPreSend } from './notifications.js';
import {
  httpAuthCheckPermission,
  httpAuthResolveUser,
  httpPostForwardingCall,
  httpPostRequest,
  httpPreForwardingCall,
  httpPreRequest,
} from './http.js';
import {
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
import { authPostCheck, authPreCheck, federationPostSync, federationPreSync } from './auth-and-federation.js';
import type { AnyHookContract } from './hook-contract.js';

/** The contracts that a manager knows when it is told nothing else. */
export const builtInContracts: readonly AnyHookContract[] = Object.freeze([
  promptPreFetch,
  promptPostFetch,
  toolPreInvoke,
  toolPostInvoke,
  resourcePreFetch,
  resourcePostFetch,
  agentPreInvoke,
  agentPostInvoke,
  toolPostList,
  promptPostList,
  resourcePostList,
  rootsPostList,
  samplingPreCreate,
  samplingPostComplete,
  elicitationPreCreate,
  elicitationPostResponse,
  completionPreComplete,
  completionPostComplete,
  notificationPreSend,
  httpPreForwardingCall,
  httpPostForwardingCall,
  httpPreRequest,
  httpPostRequest,
  httpAuthResolveUser,
  httpAuthCheckPermission,
  serverPreRegister,
  serverPostRegister,
  serverPreUpdate,
  serverPostUpdate,
  serverPreDelete,
  serverPostDelete,
  serverPreStatusChange,
  serverPostStatusChange,
  gatewayPreRegister,
  gatewayPostRegister,
  gatewayPreUpdate,
  gatewayPostUpdate,
  gatewayPreDelete,
  gatewayPostDelete,
  gatewayPreStatusChange,
  gatewayPostStatusChange,
  authPreCheck,
  authPostCheck,
  federationPreSync,
  federationPostSync,
]);
