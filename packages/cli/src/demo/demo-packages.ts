import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { FrameworkError } from '@mcpplugins/framework-core';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { CliErrorCode } from '../errors/error-codes.js';
import { packageFile } from '../package-file.js';
import { findPackage } from './find-package.js';

const serverName = '@modelcontextprotocol/server-everything';
const sdkName = '@modelcontextprotocol/sdk';
const pluginNames = ['@mcpplugins/plugin-pii-filter', '@mcpplugins/plugin-deny-filter'];

/** What the demo runs on; none of it is a dependency of the command line itself. */
export interface DemoPackages {
  /** npm name and version. */
  readonly server: string;
  /** Absolute path of the script that starts the server. */
  readonly serverScript: string;
  readonly Client: typeof Client;
  readonly StdioClientTransport: typeof StdioClientTransport;
}

/** What `loadDemoPackages` takes. */
export interface DemoPackageOptions {
  /** Whether the plugins of the demo's own configuration are needed. */
  readonly needsPlugins: boolean;
  /** Folder to look from; default: the folder of this package. */
  readonly from?: string;
}

/**
 * Finds the server, the client and the plugins of the demo where this package is installed.
 * @throws FrameworkError `DEMO_PACKAGE_MISSING` with the npm command that installs what is missing
 */
export async function loadDemoPackages(options: DemoPackageOptions): Promise<DemoPackages> {
  const from = options.from ?? packageFile('.');
  const server = findPackage(serverName, from);
  // The server depends on the SDK, so whoever has the server has the client too.
  const sdk = findPackage(sdkName, from) ?? (server && findPackage(sdkName, server.folder));
  const missing = options.needsPlugins
    ? pluginNames.filter((name) => findPackage(name, from) === undefined)
    : [];
  if (server?.command === undefined) missing.push(serverName);
  else if (sdk === undefined) missing.push(sdkName);
  if (server?.command === undefined || sdk === undefined || missing.length > 0)
    throw missingPackages(missing, from);

  const client = path.join(sdk.folder, 'dist', 'esm', 'client');
  // The SDK is found at run time, so its types cannot come with the import.
  const [{ Client }, { StdioClientTransport }] = (await Promise.all([
    import(pathToFileURL(path.join(client, 'index.js')).href),
    import(pathToFileURL(path.join(client, 'stdio.js')).href),
  ])) as [{ Client: DemoPackages['Client'] }, Pick<DemoPackages, 'StdioClientTransport'>];
  return {
    server: `${serverName} ${server.version}`,
    serverScript: server.command,
    Client,
    StdioClientTransport,
  };
}

function missingPackages(missing: readonly string[], from: string): FrameworkError<CliErrorCode> {
  return new FrameworkError(
    'DEMO_PACKAGE_MISSING',
    `the demo needs ${missing.join(', ')}, which cannot be found from ${from}\n\n` +
      `  npm install --save-dev ${missing.join(' ')}\n\n` +
      '  (in the project that has @mcpplugins/cli; with --global instead of --save-dev if that is where it is)',
  );
}
