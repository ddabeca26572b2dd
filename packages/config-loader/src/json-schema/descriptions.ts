/** What an editor shows about the keys of a plugin. */
export const pluginDescriptions: Readonly<Record<string, string>> = {
  name: 'Name of this instance; unique in the file, letter case does not count.',
  kind: 'Where the code is: an npm package or a relative file, each with an optional #Export, or `external`.',
  description: 'What it is for.',
  author: 'Who is responsible for it.',
  version: 'Version of this configuration of the plugin.',
  hooks: 'Hooks that it runs on. Left out: every hook that it implements.',
  tags: 'Words to find it by.',
  mode: 'What it may do: enforce and enforce_ignore_error block; permissive modifies; audit and fire_and_forget only observe; disabled is not loaded. Default: enforce.',
  on_error:
    'What an error or timeout of the plugin does: fail blocks, ignore goes on, disable goes on and switches the plugin off. Default: as its mode says.',
  allow_disable: 'Accepts that an error switches a plugin off that may block. Default: false.',
  priority: 'Lower runs earlier; equal ones in the order of the file. Default: 100.',
  conditions:
    'Where it runs: fields of one entry are joined by AND, entries by OR. Left out or empty: everywhere.',
  timeout: 'Seconds that a call may take. Default: plugin_settings.plugin_timeout.',
  config: 'Settings of the plugin.',
  mcp: 'How to reach an external plugin.',
  locked: 'Overlays can only make this plugin stricter. Default: false.',
};

/** What an editor shows about the keys of `conditions`. */
export const conditionDescriptions: Readonly<Record<string, string>> = {
  server_ids: 'Names of MCP servers, exact.',
  tenant_ids: 'Tenants, exact.',
  tools: 'Tool names; * is any run of characters.',
  prompts: 'Prompt names; * is any run of characters.',
  resources: 'Resource URIs; * is any run of characters.',
  agents: 'Agent ids; * is any run of characters.',
  user_patterns: 'Regular expressions (RE2) for the whole user.',
  content_types: 'Media types without parameters.',
};

/** What an editor shows about the keys of `plugin_settings`. */
export const settingDescriptions: Readonly<Record<string, string>> = {
  parallel_execution_within_band: 'Runs plugins of one priority at the same time. Default: false.',
  plugin_timeout: 'Seconds that one call of a plugin may take. Default: 30.',
  hook_timeout: 'Seconds that all plugins of one hook call may take together. Default: no such limit.',
  fail_on_plugin_error: "An error blocks, whatever the mode; a plugin's own on_error wins. Default: false.",
  plugin_health_check_interval: 'Seconds between health checks. Default: 60.',
  max_payload_bytes: 'Bytes that a payload before an operation may have. Default: 1000000.',
  max_result_bytes: 'Bytes that a payload after an operation may have. Default: 16777216.',
  max_depth: 'Levels of nesting that a payload may have. Default: 200.',
  max_nodes: 'Values that a payload may have. Default: 200000.',
  drain_timeout:
    'Seconds after a reload in which requests may finish with the old configuration. Default: 30.',
  context_cleanup_interval: 'Seconds between sweeps of requests that are kept by id. Default: 300.',
  context_max_age: 'Seconds after which a request that is kept by id is dropped. Default: 3600.',
  config_history: 'File to which each change of the running configuration is appended as one line of JSON.',
};

/** What an editor shows about the sections of the file. */
export const sectionDescriptions: Readonly<Record<string, string>> = {
  $schema: 'The JSON Schema of this file.',
  plugins: 'The plugins, each an entry.',
  plugin_dirs: 'Folders besides that of this file that plugins may be loaded from.',
  plugin_settings: 'Settings of all plugins together.',
  servers: 'MCP servers behind the gateway.',
  gateway: 'Settings of the gateway.',
  server_settings: 'Settings of a plugin server.',
  grpc_server_settings: 'Of ContextForge. Nothing here obeys it.',
  unix_socket_server_settings: 'Of ContextForge. Nothing here obeys it.',
};
