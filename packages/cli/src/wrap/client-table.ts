/**
 * A place that a client reads servers from. In `path` and `sections` stand `{home}` (the user's folder), `{appData}` (where
 * the platform keeps settings) and `{folder}` (the current folder).
 */
export interface ClientFile {
  readonly path: string;
  /** Where in the file servers are, by name: keys from the root. */
  readonly sections: readonly (readonly string[])[];
  /** Whether the file belongs to a project, and so is usually shared with others. */
  readonly isShared?: boolean;
}

/** A client whose configurations are found. */
export interface Client {
  /** Value of `--client`. */
  readonly id: string;
  readonly title: string;
  readonly files: readonly ClientFile[];
}

/** Where servers are in a file of a client that is not in the table. */
export const usualSections: ClientFile['sections'] = [['mcpServers'], ['servers']];

/**
 * Every client whose configurations are found; another one is another row.
 * @see https://modelcontextprotocol.io/docs/develop/connect-local-servers (Claude Desktop)
 * @see https://code.claude.com/docs/en/mcp (Claude Code: user, local and project scope)
 * @see https://cursor.com/docs/context/mcp
 * @see https://code.visualstudio.com/docs/copilot/reference/mcp-configuration
 */
export const clientTable: readonly Client[] = [
  {
    id: 'claude-desktop',
    title: 'Claude Desktop',
    files: [{ path: '{appData}/Claude/claude_desktop_config.json', sections: [['mcpServers']] }],
  },
  {
    id: 'claude-code',
    title: 'Claude Code',
    files: [
      { path: '{home}/.claude.json', sections: [['mcpServers'], ['projects', '{folder}', 'mcpServers']] },
      { path: '{folder}/.mcp.json', sections: [['mcpServers']], isShared: true },
    ],
  },
  {
    id: 'cursor',
    title: 'Cursor',
    files: [
      { path: '{home}/.cursor/mcp.json', sections: [['mcpServers']] },
      { path: '{folder}/.cursor/mcp.json', sections: [['mcpServers']], isShared: true },
    ],
  },
  {
    id: 'vscode',
    title: 'VS Code',
    files: [
      { path: '{appData}/Code/User/mcp.json', sections: [['servers']] },
      { path: '{folder}/.vscode/mcp.json', sections: [['servers']], isShared: true },
    ],
  },
];
