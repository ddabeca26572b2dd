/**
 * Who may import whom among our packages: the table of DESIGN section 3, by package folder.
 * `plugins` stands for every folder under `plugins/`; `plugin-*` for every package in one.
 * The lint rules live in `.oxlintrc.json`; tests hold both, and every package.json, against this table.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const layers = {
  'framework-core': [],
  'plugin-kit': ['framework-core'],
  plugins: ['framework-core', 'plugin-kit'],
  'config-loader': ['framework-core'],
  'mcp-transport': [],
  'external-client': ['framework-core', 'mcp-transport'],
  'plugin-server-runtime': ['framework-core', 'config-loader', 'mcp-transport'],
  testing: ['framework-core', 'external-client', 'mcp-transport'],
  gateway: ['framework-core', 'config-loader', 'external-client', 'mcp-transport'],
  cli: [
    'framework-core',
    'plugin-kit',
    'config-loader',
    'mcp-transport',
    'external-client',
    'plugin-server-runtime',
    'testing',
    'gateway',
  ],
};
