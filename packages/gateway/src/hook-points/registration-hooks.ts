/** What can happen to a server of a gateway. */
export type ServerOperation = 'register' | 'update' | 'delete';

/** The hooks before and after each. */
export const registrationHooks = {
  register: { pre: 'server_pre_register', post: 'server_post_register' },
  update: { pre: 'server_pre_update', post: 'server_post_update' },
  delete: { pre: 'server_pre_delete', post: 'server_post_delete' },
} as const satisfies Record<ServerOperation, { readonly pre: string; readonly post: string }>;
