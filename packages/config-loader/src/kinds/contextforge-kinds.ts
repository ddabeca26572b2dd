/** What a Python plugin of ContextForge is here. */
export type ContextForgePlugin =
  /** npm package that does its work and takes its options as they are. */
  | { readonly package: string }
  /** What to use instead, where there is no package. */
  | { readonly instead: string };

const serveIt = 'serve it with its own Python runtime and write `kind: external`';

/** The plugins that ContextForge and cpex ship, by the name of their folder. All others can be served. */
const plugins: Readonly<Record<string, ContextForgePlugin>> = {
  pii_filter: { package: '@mcpplugins/plugin-pii-filter' },
  deny_filter: { package: '@mcpplugins/plugin-deny-filter' },
  resource_filter: { package: '@mcpplugins/plugin-resource-filter' },

  file_type_allowlist: { instead: `use @mcpplugins/plugin-resource-filter for media types, or ${serveIt}` },
  url_reputation: { instead: `use @mcpplugins/plugin-resource-filter for lists of domains, or ${serveIt}` },
  code_safety_linter: {
    instead: `use @mcpplugins/plugin-deny-filter for words such as "eval(", or ${serveIt}`,
  },
  harmful_content_detector: { instead: `use @mcpplugins/plugin-deny-filter for the words, or ${serveIt}` },
  content_moderation: { instead: `use @mcpplugins/plugin-deny-filter for words, or ${serveIt}` },
  header_filter: {
    instead: `leave it out: the gateway never forwards credentials of clients; or ${serveIt}`,
  },
};

/** npm packages of this project that do the work of one of them. */
export const contextForgePackages: readonly string[] = Object.values(plugins).flatMap((plugin) =>
  'package' in plugin ? [plugin.package] : [],
);

/** Other names of the same plugins. */
const otherNames: Readonly<Record<string, string>> = { deny_list: 'deny_filter' };

const classPath = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\.[A-Z]\w*$/;

/** What a `kind` of ContextForge means here; undefined when it has not the form of one. */
export function contextForgePlugin(kind: string): ContextForgePlugin | undefined {
  const name = folderOf(kind);
  const known = name === undefined ? undefined : (otherNames[name] ?? name);
  if (known !== undefined && Object.hasOwn(plugins, known)) return plugins[known];
  if (known !== undefined || kind === 'isolated_venv' || classPath.test(kind)) return { instead: serveIt };
  return undefined;
}

/** `pii_filter` of `plugins.pii_filter.pii_filter.PIIFilterPlugin`, `cpex_pii_filter.…` and `cpex-pii-filter`. */
function folderOf(kind: string): string | undefined {
  const cpex = /^cpex[-_]([a-z0-9]+(?:[-_][a-z0-9]+)*)(?:\.|$)/.exec(kind)?.[1];
  if (cpex !== undefined) return cpex.replaceAll('-', '_');
  return classPath.test(kind)
    ? /^plugins\.(?:external\.|examples\.)?([a-z0-9_]+)\./.exec(kind)?.[1]
    : undefined;
}
