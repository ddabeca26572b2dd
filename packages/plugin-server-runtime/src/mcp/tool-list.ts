import { wireTools } from '@mcpplugins/framework-core/wire';

/** A tool as `tools/list` shows it. It has no output schema: Python clients would insist on structured content. */
export interface ToolDescription {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: Readonly<Record<string, unknown>>;
}

const text = { type: 'string' };
const object = { type: 'object', additionalProperties: true };

/** The tools of a plugin server: those of both dialects. */
export function describeTools(hooks: readonly string[]): readonly ToolDescription[] {
  const call = { plugin_name: text, payload: object, context: object };
  return [
    {
      name: wireTools.getPluginConfigs,
      description: 'Describes every plugin of this server.',
      inputSchema: { type: 'object', properties: {} },
    },
    {
      name: wireTools.getPluginConfig,
      description: 'Describes one plugin of this server, by its name in any letter case.',
      inputSchema: inputSchema({ name: text }),
    },
    {
      name: wireTools.invokeHook,
      description: 'Calls a hook of a plugin.',
      inputSchema: inputSchema({ hook_type: text, ...call }),
    },
    ...hooks.map((hook) => ({
      name: hook,
      description: `Calls the hook ${hook} of a plugin.`,
      inputSchema: inputSchema(call),
    })),
  ];
}

function inputSchema(properties: Readonly<Record<string, unknown>>): ToolDescription['inputSchema'] {
  return { type: 'object', properties, required: Object.keys(properties) };
}
