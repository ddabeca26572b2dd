export { builtInContracts } from './built-in-contracts.js';
export { promptPostFetch, promptPreFetch } from './prompts.js';
export { toolPostInvoke, toolPreInvoke } from './tools.js';
export { resourcePostFetch, resourcePreFetch } from './resources.js';
export { agentPostInvoke, agentPreInvoke } from './agents.js';
export { promptPostList, resourcePostList, rootsPostList, toolPostList } from './lists.js';
export {
  elicitationPostResponse,
  elicitationPreCreate,
  samplingPostComplete,
  samplingPreCreate,
} from './server-requests.js';
export { completionPostComplete, completionPreComplete } from './completions.js';
export { notificationPreSend } from './notifications.js';
export {
  httpAuthCheckPermission,
  httpAuthResolveUser,
  httpPostForwardingCall,
  httpPostRequest,
  httpPreForwardingCall,
  httpPreRequest,
} from './http.js';
export {
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
export { authPostCheck, authPreCheck, federationPostSync, federationPreSync } from './auth-and-federation.js';
