import { type Check, fails, type Finding, type Subject, warns } from './check.js';
import { callTool, jsonOf } from './call-tool.js';

const modes = new Set([
  'enforce',
  'enforce_ignore_error',
  'permissive',
  'disabled',
  'sequential',
  'transform',
  'audit',
  'concurrent',
  'fire_and_forget',
]);

/** Checks of what the server says of a plugin. */
export function describeChecks(subject: Subject, plugin: string): readonly Check[] {
  const config = async (): Promise<Readonly<Record<string, unknown>>> => {
    const value = jsonOf(await callTool(subject, 'get_plugin_config', { name: plugin }));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Readonly<Record<string, unknown>>;
    }
    throw new Error('get_plugin_config does not answer with a JSON object');
  };
  return [
    {
      id: 'config.fields',
      title: 'get_plugin_config describes a plugin with its name, kind and hooks',
      run: async () => checkFields(await config(), plugin),
    },
    {
      id: 'config.lists',
      title: 'lists in a description are lists, never null',
      run: async () => checkLists(await config()),
    },
    {
      id: 'config.mode',
      title: 'the mode in a description is one that hosts know',
      run: async () => checkMode(await config()),
    },
    {
      id: 'config.unknown',
      title: 'get_plugin_config of a plugin that is not there answers {}',
      run: () => checkUnknown(subject),
    },
  ];
}

function checkFields(config: Readonly<Record<string, unknown>>, plugin: string): Finding {
  if (config['name'] !== plugin)
    return fails(`\`name\` is ${JSON.stringify(config['name'])}, not "${plugin}"`);
  const { hooks } = config;
  if (!Array.isArray(hooks) || hooks.length === 0)
    return fails('`hooks` is no list with at least one hook in it');
  return typeof config['kind'] === 'string'
    ? undefined
    : warns('`kind` is missing; Python hosts refuse a description without one (any text will do)');
}

function checkLists(config: Readonly<Record<string, unknown>>): Finding {
  const wrong = ['hooks', 'tags', 'conditions'].filter((key) => key in config && !Array.isArray(config[key]));
  return wrong.length === 0
    ? undefined
    : warns(`${wrong.join(', ')}: newer Python hosts refuse null here; send [] or leave the field out`);
}

function checkMode({ mode }: Readonly<Record<string, unknown>>): Finding {
  if (mode === undefined || (typeof mode === 'string' && modes.has(mode))) return undefined;
  return warns(`\`mode\` is ${JSON.stringify(mode)}; hosts know ${[...modes].slice(0, 4).join(', ')}`);
}

async function checkUnknown(subject: Subject): Promise<Finding> {
  const answer = await callTool(subject, 'get_plugin_config', { name: 'no-such-plugin-here' });
  if (answer.texts.length === 0 && !answer.isError) return undefined;
  const value = jsonOf(answer);
  if (value === null || (typeof value === 'object' && Object.keys(value).length === 0)) return undefined;
  return fails(`it answers ${JSON.stringify(value).slice(0, 100)}; hosts would take that for a plugin`);
}
