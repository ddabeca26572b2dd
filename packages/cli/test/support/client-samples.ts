/** Configurations as the clients write them and as people edit them, by the path at which the client reads them. */
export interface ClientSample {
  readonly client: string;
  /** Below the home folder, which is also the current folder. */
  readonly path: string;
  readonly text: string;
  /** Servers that can be wrapped. */
  readonly servers: readonly string[];
}

export const clientSamples: readonly ClientSample[] = [
  {
    client: 'claude-desktop',
    path: '.config/Claude/claude_desktop_config.json',
    servers: ['memory', 'files', 'bare', 'empty'],
    text: `{
  "globalShortcut": "",
  "mcpServers": {
    "memory": {
      "command": "npx",
      "args": ["-y", "@modelcontextprotocol/server-memory"],
      "env": { "MEMORY_FILE_PATH": "C:\\\\Users\\\\me\\\\m.json" }
    },
    "files": {
      "args": [
        "-y",
        "@modelcontextprotocol/server-filesystem",
        "/home/me/Documents"
      ],
      "command": "npx"
    },
    "bare": {
      "command": "C:\\\\tools\\\\server.exe"
    },
    "empty": { "command": "\\u006eode", "args": [] }
  }
}`,
  },
  {
    client: 'claude-code',
    path: '.mcp.json',
    servers: ['one', 'two'],
    text: '{"mcpServers":{"one":{"type":"stdio","command":"uvx","args":["a","b"],"env":{}},"remote":{"type":"http","url":"https://example.com/mcp"},"two":{"command":"server"}}}\n',
  },
  {
    client: 'cursor',
    path: '.cursor/mcp.json',
    servers: ['tabs', 'none'],
    text: '\uFEFF{\r\n\t"mcpServers": {\r\n\t\t"tabs": {\r\n\t\t\t"command": "node",\r\n\t\t\t"args": [\r\n\t\t\t\t"${workspaceFolder}/a.js",\r\n\t\t\t],\r\n\t\t\t"envFile": ".env",\r\n\t\t},\r\n\t\t"none": {\r\n\t\t\t"command": "server",\r\n\t\t},\r\n\t},\r\n}\r\n',
  },
  {
    client: 'vscode',
    path: '.vscode/mcp.json',
    servers: ['commented', 'odd'],
    text: `// servers of this workspace
{
  "inputs": [{ "id": "key", "type": "promptString", "password": true }],
  "servers": {
    /* the first */
    "commented": {
      "type": "stdio", // not http
      "command": /* found on PATH */ "npx", // a comment
      "args": [ // what it gets
        "-y", /* one */
        "server", // two
      ], // after
      "env": { "KEY": "\${input:key}" },
    },
    "odd": {"command":"x" , "args" :  [ /* nothing */ ] ,"dev":{"watch":"src/**"}},
    "remote": { "type": "http", "url": "https://example.com/mcp", "headers": { "Authorization": "Bearer \${input:key}" } }
  }
}
`,
  },
];
