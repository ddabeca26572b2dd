/** The hooks around the HTTP requests of a gateway to its servers: before one is sent, and when the head of its answer is there. */
export const forwardingHooks = ['http_pre_forwarding_call', 'http_post_forwarding_call'] as const;

/** One of `forwardingHooks`. */
export type ForwardingHook = (typeof forwardingHooks)[number];
