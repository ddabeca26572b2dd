import type { GlobalContext, GlobalContextInput, UserContext } from '../context/global-context.js';
import { isJsonObject, type JsonObject, requireObject, requireText, wireInvalid } from './wire-error.js';

/** Context of one hook call as the wire carries it, in our words. */
export interface WireContext {
  /** Identity and metadata of the request. Goes out; is never read back from a reply. */
  readonly global: GlobalContextInput;
  /** State that all plugins share: `context.global_context.state`. */
  readonly shared: JsonObject;
  /** State that is private to the plugin: `context.state`. */
  readonly local: JsonObject;
  /** `context.metadata` of Python plugins: private to the plugin like `local`. */
  readonly metadata: JsonObject;
}

/** What a reply says about state; identity in it is ignored. */
export type WireState = Omit<WireContext, 'global'>;

const nothing: JsonObject = Object.freeze({});

/** No state at all. */
export const emptyWireState: WireState = Object.freeze({
  shared: nothing,
  local: nothing,
  metadata: nothing,
});

/** The `context` of a hook call. What is undefined is left out, as Python hosts do. */
export function encodeContext(global: GlobalContext, state: WireState): JsonObject {
  return {
    state: state.local,
    // JSON has no undefined: what is not there is not written.
    global_context: {
      request_id: global.requestId,
      user: global.user,
      tenant_id: global.tenantId,
      server_id: global.serverId,
      content_type: global.contentType,
      user_context: global.userContext && encodeUser(global.userContext),
      state: state.shared,
      metadata: global.metadata,
    },
    metadata: state.metadata,
  };
}

/**
 * Reads the `context` of a hook call, on the side of the plugin server.
 * @throws FrameworkError `WIRE_INVALID`
 */
export function decodeContext(value: unknown): WireContext {
  const context = requireObject(value, 'context');
  const global = requireObject(context['global_context'], 'context.global_context');
  return {
    global: {
      requestId: requireText(global['request_id'], 'context.global_context.request_id'),
      user: decodeUserName(global['user']),
      tenantId: textOf(global, 'tenant_id'),
      serverId: textOf(global, 'server_id'),
      contentType: textOf(global, 'content_type'),
      userContext: decodeUser(global['user_context']),
      metadata: objectOf(global, 'metadata', 'context.global_context'),
    },
    shared: objectOf(global, 'state', 'context.global_context'),
    local: objectOf(context, 'state', 'context'),
    metadata: objectOf(context, 'metadata', 'context'),
  };
}

/** The `context` of a reply: state only. Identity goes along because Python hosts check for it. */
export function encodeReplyContext(requestId: string, state: WireState): JsonObject {
  return {
    state: state.local,
    global_context: { request_id: requestId, state: state.shared, metadata: {} },
    metadata: state.metadata,
  };
}

/** Reads the state of a reply. @throws FrameworkError `WIRE_INVALID` */
export function decodeReplyContext(value: unknown): WireState {
  const context = requireObject(value, 'context');
  const { global_context: global = {} } = context;
  return {
    shared: objectOf(
      requireObject(global ?? {}, 'context.global_context'),
      'state',
      'context.global_context',
    ),
    local: objectOf(context, 'state', 'context'),
    metadata: objectOf(context, 'metadata', 'context'),
  };
}

function optional(key: string, value: unknown): JsonObject {
  return value === undefined ? nothing : { [key]: value };
}

function encodeUser(user: UserContext): JsonObject {
  return {
    user_id: user.userId,
    ...optional('email', user.email),
    ...optional('full_name', user.fullName),
    ...optional('is_admin', user.isAdmin),
    ...optional('groups', user.groups),
    ...optional('roles', user.roles),
    ...optional('attributes', user.attributes),
  };
}

/** Newer Python hosts may send an object as `user`; its id, name or address then is the name. */
function decodeUserName(user: unknown): string | undefined {
  if (user === undefined || user === null) return undefined;
  if (typeof user === 'string') return user;
  if (isJsonObject(user)) {
    for (const key of ['email', 'user_id', 'id', 'username', 'name']) {
      const name = user[key];
      if (typeof name === 'string' && name !== '') return name;
    }
  }
  throw wireInvalid('context.global_context.user', 'is neither a text nor an object with an email or id');
}

function decodeUser(value: unknown): UserContext | undefined {
  if (value === undefined || value === null) return undefined;
  const where = 'context.global_context.user_context';
  const user = requireObject(value, where);
  const isAdmin = user['is_admin'];
  return {
    userId: requireText(user['user_id'], `${where}.user_id`),
    ...optional('email', textOf(user, 'email')),
    ...optional('fullName', textOf(user, 'full_name')),
    ...optional('isAdmin', typeof isAdmin === 'boolean' ? isAdmin : undefined),
    ...optional('groups', textsOf(user['groups'])),
    ...optional('roles', textsOf(user['roles'])),
    ...optional('attributes', isJsonObject(user['attributes']) ? user['attributes'] : undefined),
  };
}

function textOf(object: JsonObject, key: string): string | undefined {
  const value = object[key];
  return typeof value === 'string' ? value : undefined;
}

function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
}

function objectOf(object: JsonObject, key: string, where: string): JsonObject {
  const value = object[key];
  return value === undefined || value === null ? nothing : requireObject(value, `${where}.${key}`);
}
