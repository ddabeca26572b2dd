import { pluginConfigSchema } from '@mcpplugins/framework-core';
import type { z } from 'zod';
import { settingsSchema } from './settings-schema.js';

/** A key that the schema does not have and that is not simply a mistake. */
export type KeyRule =
  /** Accepted, without effect. */
  | { readonly type: 'ignored'; readonly because: string }
  /** Would restrict a plugin, and nothing enforces it yet. */
  | { readonly type: 'unsupported'; readonly what: string };

const pluginRules: Readonly<Record<string, KeyRule>> = {
  applied_to: { type: 'ignored', because: 'use `conditions` to say where a plugin runs' },
  namespace: { type: 'ignored', because: 'plugins are told apart by `name`' },
  max_content_size: { type: 'ignored', because: 'sizes are limited by `plugin_settings.max_payload_bytes`' },
  isolation: { type: 'unsupported', what: 'running a plugin in isolation' },
  limits: { type: 'unsupported', what: 'limiting the memory and processor time of a plugin' },
  capabilities: { type: 'unsupported', what: 'restricting what a plugin may see' },
  signing: { type: 'unsupported', what: 'checking the signature of a plugin' },
  grpc: { type: 'unsupported', what: 'reaching a plugin over gRPC' },
  unix_socket: { type: 'unsupported', what: "reaching a plugin over ContextForge's unix socket protocol" },
};

const settingsRules: Readonly<Record<string, KeyRule>> = {
  enable_plugin_api: { type: 'ignored', because: 'there is no plugin API to switch on' },
  include_user_info: { type: 'ignored', because: 'hosts decide what a request says about its user' },
};

/** Sections of the file that programs obey and that a host without their schema leaves alone. */
export const knownSections = [
  'servers',
  'gateway',
  'server_settings',
  'grpc_server_settings',
  'unix_socket_server_settings',
] as const;

/** The rules for extra keys of a structure, by its schema. */
export function keyRulesOf(schema: z.core.$ZodType): Readonly<Record<string, KeyRule>> {
  if (schema === pluginConfigSchema) return pluginRules;
  if (schema === settingsSchema) return settingsRules;
  return {};
}
