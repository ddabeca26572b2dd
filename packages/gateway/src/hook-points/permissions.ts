import type { MessageBody } from '@mcpplugins/mcp-transport';
import { isObject } from './read-params.js';

/** The hook that asks whether a client may do what it asks for. */
export const permissionHook = 'http_auth_check_permission';

/** What a request takes, in the words of ContextForge. */
export interface Permission {
  readonly permission: string;
  readonly resourceType: string;
}

const runTool: Permission = { permission: 'tools.execute', resourceType: 'tool' };
const readTools: Permission = { permission: 'tools.read', resourceType: 'tool' };
const readPrompts: Permission = { permission: 'prompts.read', resourceType: 'prompt' };
const readResources: Permission = { permission: 'resources.read', resourceType: 'resource' };

/** @see https://ibm.github.io/mcp-context-forge/latest/manage/rbac/ */
const permissions: ReadonlyMap<string, Permission> = new Map([
  ['tools/call', runTool],
  ['tools/list', readTools],
  ['prompts/get', readPrompts],
  ['prompts/list', readPrompts],
  ['resources/read', readResources],
  ['resources/list', readResources],
  ['resources/templates/list', readResources],
]);

/** The permission that a request of a client takes: to complete an argument, that of what has the argument. Undefined: none. */
export function permissionFor(method: string, params: MessageBody = {}): Permission | undefined {
  if (method !== 'completion/complete') return permissions.get(method);
  const { ref } = params;
  return isObject(ref) && ref['type'] === 'ref/resource' ? readResources : readPrompts;
}
