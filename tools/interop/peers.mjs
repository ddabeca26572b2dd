/**
 * A Python framework that hosts plugins and serves them.
 *
 * @typedef {object} PythonPeer
 * @property {string} name
 * @property {readonly string[]} packages of PyPI; what else matters is pinned
 * @property {readonly string[]} versions packages whose versions are printed
 * @property {string} framework its module
 * @property {string} mode of a plugin that may block, in its words
 * @property {boolean} reconnects whether its host connects anew to a server that was restarted
 * @property {boolean} startsCommands whether its host starts any command, not only Python scripts
 */

/** Peers of every run. @type {readonly PythonPeer[]} */
export const peers = [
  {
    name: 'cpex 0.1.4',
    packages: ['cpex==0.1.4'],
    versions: ['cpex', 'mcp', 'pydantic'],
    framework: 'cpex.framework',
    mode: 'sequential',
    reconnects: true,
    startsCommands: true,
  },
];

/** Older ones, with `--all`: large, and slow to install. @type {readonly PythonPeer[]} */
export const olderPeers = [
  {
    name: 'ContextForge 0.8.0 (one tool per hook)',
    packages: ['mcp-contextforge-gateway==0.8.0', 'mcp==1.26.0'],
    versions: ['mcp-contextforge-gateway', 'mcp', 'pydantic'],
    framework: 'mcpgateway.plugins.framework',
    mode: 'enforce',
    reconnects: false,
    startsCommands: false,
  },
  {
    name: 'ContextForge 1.0.0 (invoke_hook)',
    packages: ['mcp-contextforge-gateway==1.0.0', 'mcp<2'],
    versions: ['mcp-contextforge-gateway', 'mcp', 'pydantic'],
    framework: 'mcpgateway.plugins.framework',
    mode: 'enforce',
    reconnects: true,
    startsCommands: true,
  },
];
