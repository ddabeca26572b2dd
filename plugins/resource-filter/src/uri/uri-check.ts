import type { Violation } from '@mcpplugins/framework-core';
import { createNetGuard, type NetGuard, type NetRefusal, type ResolveHost } from '@mcpplugins/plugin-kit';
import type { ResourceFilterSettings } from '../settings.js';
import { refusalOf } from '../violations.js';
import { describeUri } from './describe-uri.js';
import { compileFileRoots, type FileRoots } from './file-roots.js';

/** Protocols whose hosts are names of DNS. */
const networkProtocols = new Set(['http:', 'https:', 'ws:', 'wss:', 'ftp:', 'ftps:', 'sftp:', 'ssh:']);

/** Decides whether a URI may be read. */
export class UriCheck {
  private readonly settings: ResourceFilterSettings;
  private readonly guard: NetGuard;
  private readonly fileRoots: FileRoots;

  constructor(settings: ResourceFilterSettings, resolveHost?: ResolveHost) {
    this.settings = settings;
    this.fileRoots = compileFileRoots(settings.file_roots);
    this.guard = createNetGuard(
      {
        allowedProtocols: settings.allowed_protocols,
        blockedHosts: settings.blocked_domains,
        allowedHosts: settings.allowed_domains,
        blockPrivateAddresses: settings.block_private_addresses,
        privateHosts: settings.allowed_private_hosts,
        allowCredentials: settings.allow_credentials,
        maxUrlLength: settings.max_uri_length,
        onDnsFailure: settings.dns_failure,
      },
      resolveHost === undefined ? {} : { resolveHost },
    );
  }

  /** All that can be said without asking DNS: undefined when nothing stands against it. */
  check(uri: string): Violation | undefined {
    const verdict = this.guard.checkUrl(uri);
    if (!verdict.ok) return this.violationOf(uri, verdict.refusal);
    return verdict.url.protocol === 'file' ? this.checkFile(uri, verdict.url.url) : undefined;
  }

  /** `check`, and where the host has to be looked up, its addresses. */
  async checkWithDns(uri: string): Promise<Violation | undefined> {
    const refused = this.check(uri);
    if (refused !== undefined || !networkProtocols.has(new URL(uri).protocol)) return refused;
    const verdict = await this.guard.check(uri);
    return verdict.ok ? undefined : this.violationOf(uri, verdict.refusal);
  }

  private checkFile(uri: string, url: URL): Violation | undefined {
    const problem = this.fileRoots.problemOf(url);
    return problem === undefined
      ? undefined
      : refusalOf('FILE_PATH_BLOCKED', `The URI is not read: ${problem}`, { uri: describeUri(uri) });
  }

  private violationOf(uri: string, { code, reason, protocol, host }: NetRefusal): Violation {
    return refusalOf(code, `The URI is not read: ${reason}`, {
      uri: describeUri(uri),
      ...(protocol !== undefined && { protocol }),
      ...(host !== undefined && host !== '' && { domain: host }),
      ...(code === 'PROTOCOL_BLOCKED' && { allowed: this.settings.allowed_protocols }),
      ...(code === 'URI_TOO_LONG' && { size: uri.length, limit: this.settings.max_uri_length }),
    });
  }
}
