import type { PluginMode } from '../config/modes.js';
import type { PluginCondition, PluginConfig } from '../config/plugin-config.js';
import { toSnakeCase } from '../contracts/spelling.js';
import { readFeatures, type WireFeature, wireFeatures } from './dialect.js';
import { isJsonObject, type JsonObject, requireObject, wireInvalid } from './wire-error.js';

/** What a plugin server says of one of its plugins. How a plugin runs is decided by the host, never from here. */
export interface PluginDescription {
  readonly name: string;
  readonly description: string | undefined;
  readonly author: string | undefined;
  readonly version: string | undefined;
  /** Undefined when the server does not say. */
  readonly hooks: readonly string[] | undefined;
  readonly tags: readonly string[];
  /** Mode at the server, in whichever vocabulary: for display. */
  readonly mode: string | undefined;
  readonly features: ReadonlySet<WireFeature>;
}

/** What of a running plugin `get_plugin_config` shows. */
export interface ServedPluginFacts {
  readonly config: PluginConfig;
  readonly version: string | undefined;
  readonly hooks: readonly string[];
}

/** Names that hosts of every generation know, for each of our modes. */
const classicModes: Readonly<Record<PluginMode, string>> = {
  enforce: 'enforce',
  enforce_ignore_error: 'enforce_ignore_error',
  permissive: 'permissive',
  audit: 'permissive',
  fire_and_forget: 'permissive',
  disabled: 'disabled',
  sequential: 'enforce',
  transform: 'permissive',
  concurrent: 'enforce',
};

/**
 * The reply to `get_plugin_config`. Settings of the plugin stay at the server. Lists are never null, modes are those of
 * the oldest hosts, because newer ones accept them and older ones nothing else.
 */
export function encodePluginDescription({ config, version, hooks }: ServedPluginFacts): JsonObject {
  return {
    name: config.name,
    description: config.description ?? '',
    author: config.author ?? '',
    kind: config.kind,
    namespace: null,
    version: version ?? config.version ?? '',
    hooks,
    tags: config.tags,
    mode: classicModes[config.mode],
    priority: config.priority,
    conditions: config.conditions.map(encodeCondition),
    applied_to: null,
    config: {},
    mcp: null,
    mcpplugins: wireFeatures,
  };
}

/**
 * Reads the reply to `get_plugin_config`; undefined when the server says in one of the known ways that it has no such
 * plugin.
 * @throws FrameworkError `WIRE_INVALID`
 */
export function decodePluginDescription(value: unknown): PluginDescription | undefined {
  if (value === undefined || value === null) return undefined;
  const found = requireObject(value, 'the plugin configuration');
  if (Object.keys(found).length === 0) return undefined;
  const { name } = found;
  if (typeof name !== 'string' || name === '') throw wireInvalid('the plugin configuration', 'has no name');
  return {
    name,
    description: textOf(found, 'description'),
    author: textOf(found, 'author'),
    version: textOf(found, 'version'),
    hooks: hooksOf(found['hooks']),
    tags: textsOf(found['tags']),
    mode: textOf(found, 'mode'),
    features: readFeatures(found['mcpplugins']),
  };
}

/** Reads the reply to `get_plugin_configs`: a list, or an object that holds one. What is no plugin is left out. */
export function decodePluginDescriptions(value: unknown): readonly PluginDescription[] {
  const list = isJsonObject(value) ? (value['result'] ?? value['plugins'] ?? [value]) : value;
  if (!Array.isArray(list)) return [];
  return list.flatMap((item) => (isJsonObject(item) ? (decodePluginDescription(item) ?? []) : []));
}

function hooksOf(value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || !value.every((hook) => typeof hook === 'string')) {
    throw wireInvalid('the hooks of the plugin configuration', 'are not a list of names');
  }
  return value;
}

function encodeCondition(condition: PluginCondition): JsonObject {
  return Object.fromEntries(Object.entries(condition).map(([key, value]) => [toSnakeCase(key), value]));
}

function textOf(object: JsonObject, key: string): string | undefined {
  const value = object[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
