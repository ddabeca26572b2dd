import { didYouMean } from '@mcpplugins/framework-core';
import {
  type CancelSignal,
  decodePluginDescription,
  decodePluginDescriptions,
  type PluginDescription,
  readToolResult,
  wireTools,
} from '@mcpplugins/framework-core/wire';
import type { PeerSession } from '../connection/supervised-connection.js';
import { externalError } from '../errors/peer-error.js';

/** What `PluginDirectory` needs to know of the plugin. */
export interface WantedPlugin {
  readonly plugin: string;
  readonly peer: string;
  /** Hooks that the configuration names. */
  readonly hooks: readonly string[] | undefined;
}

/** Asks a server what it says of one plugin: once a session, because a server that comes back may be another one. */
export class PluginDirectory {
  private readonly wanted: WantedPlugin;
  private known: { readonly session: PeerSession; readonly description: PluginDescription } | undefined;

  constructor(wanted: WantedPlugin) {
    this.wanted = wanted;
  }

  /** What was asked for on this session before. */
  recall(session: PeerSession): PluginDescription | undefined {
    return this.known?.session === session ? this.known.description : undefined;
  }

  /** @throws FrameworkError `PEER_PLUGIN_UNKNOWN`, `PEER_HOOK_MISSING` */
  async describe(session: PeerSession, signal: CancelSignal | undefined): Promise<PluginDescription> {
    const known = this.recall(session);
    if (known !== undefined) return known;
    const description = await this.ask(session, signal);
    this.checkHooks(description);
    this.known = { session, description };
    return description;
  }

  private async ask({ mcp }: PeerSession, signal: CancelSignal | undefined): Promise<PluginDescription> {
    const { plugin, peer } = this.wanted;
    const call = { name: wireTools.getPluginConfig, arguments: { name: plugin } };
    const description = decodePluginDescription(
      readToolResult(await mcp.request('tools/call', call, signal)),
    );
    if (description !== undefined && description.name.toLowerCase() === plugin.toLowerCase()) {
      // Servers find a configuration in any letter case, but call a plugin by its exact name only.
      if (description.name === plugin) return description;
      throw externalError(
        'PEER_PLUGIN_UNKNOWN',
        `plugin server ${peer} has the plugin "${description.name}"; write its name like that, not "${plugin}"`,
      );
    }
    const names = await this.namesAt(mcp, signal);
    throw externalError(
      'PEER_PLUGIN_UNKNOWN',
      `plugin server ${peer} has no plugin "${plugin}"${
        names.length === 0 ? '' : `${didYouMean(plugin, names)} It has: ${names.slice(0, 20).join(', ')}`
      }`,
    );
  }

  private async namesAt(
    mcp: PeerSession['mcp'],
    signal: CancelSignal | undefined,
  ): Promise<readonly string[]> {
    try {
      const call = { name: wireTools.getPluginConfigs, arguments: {} };
      const list = readToolResult(await mcp.request('tools/call', call, signal));
      return decodePluginDescriptions(list).map(({ name }) => name);
    } catch {
      // Only for the message: not every server has the tool.
      return [];
    }
  }

  private checkHooks({ hooks }: PluginDescription): void {
    const { plugin, peer, hooks: wanted } = this.wanted;
    if (hooks === undefined) {
      if (wanted !== undefined) return;
      throw externalError(
        'PEER_HOOK_MISSING',
        `plugin server ${peer} does not say which hooks "${plugin}" has; name them in the configuration (hooks:)`,
      );
    }
    const missing = wanted?.filter((hook) => !hooks.includes(hook)) ?? [];
    if (missing.length > 0) {
      throw externalError(
        'PEER_HOOK_MISSING',
        `plugin "${plugin}" at ${peer} does not run on ${missing.join(', ')}; it runs on ${hooks.join(', ') || 'no hook'}`,
      );
    }
  }
}
