import {
  describeError,
  FrameworkError,
  type HostRequest,
  type Logger,
  type OutcomeViolation,
} from '@mcpplugins/framework-core';
import { registrationHooks, type ServerOperation } from '../hook-points/registration-hooks.js';
import { hookFailure } from '../relay/refusal.js';
import type { HookHost } from '../relay/session.js';
import type { UpstreamOptions } from '../upstream/upstream-options.js';
import { changedServer, type ServerInfo, shownInfo } from './server-info.js';

/** A server that plugins left as it was. */
export interface BlockedServer {
  readonly server: string;
  /** What was to happen to it. */
  readonly operation: ServerOperation;
  readonly plugin: string;
  readonly code: string;
  readonly reason: string;
}

/** What `ServerRegistration` takes. */
export interface ServerRegistrationOptions {
  readonly manager: HookHost;
  readonly logger: Logger;
  readonly operation: ServerOperation;
  readonly name: string;
  /** The server as it is to be, or, when it is to go, as it is. */
  readonly options: UpstreamOptions;
}

/** What became of a server that is blocked, by what was to happen to it. */
const consequences: Readonly<Record<ServerOperation, string>> = {
  register: 'is not served',
  update: 'stays as it was',
  delete: 'is still served',
};

/** One change of one server, and the hooks before and after it. */
export class ServerRegistration {
  readonly name: string;
  readonly operation: ServerOperation;
  /** Why it does not happen. */
  blocked: BlockedServer | undefined = undefined;
  /** The server as plugins changed it. */
  changed: UpstreamOptions | undefined = undefined;
  private readonly given: ServerRegistrationOptions;
  private host: HostRequest | undefined;
  private shown: ServerInfo;

  constructor(given: ServerRegistrationOptions) {
    this.given = given;
    this.name = given.name;
    this.operation = given.operation;
    this.shown = shownInfo(given.name, given.options);
  }

  /** Asks the plugins whether the change may happen. */
  async ask(): Promise<void> {
    const { manager, name, operation, options } = this.given;
    const { pre } = registrationHooks[operation];
    try {
      this.host = manager.openRequest({ serverId: name, metadata: { operation } });
      const outcome = await this.host.invoke(pre, { info: this.shown });
      if (!outcome.continueProcessing) {
        this.block(outcome.violation);
      } else if (outcome.modifiedPayload !== undefined && operation !== 'delete') {
        this.changed = changedServer(name, options, outcome.modifiedPayload.info);
        this.shown = shownInfo(name, this.changed);
      }
    } catch (error) {
      const code = FrameworkError.is(error) ? error.code : 'PLUGIN_ERROR';
      this.block({ ...hookFailure(pre, error), code, reason: describeError(error) });
    }
  }

  /** Tells the plugins what came of it. `problem`: why it did not happen, other than that plugins blocked it. */
  async tell(problem = this.blocked?.reason): Promise<void> {
    const { logger, operation, name } = this.given;
    const { host } = this;
    if (host === undefined) return;
    const { post } = registrationHooks[operation];
    try {
      const outcome = await host.invoke(post, {
        info: this.shown,
        operationSuccess: problem === undefined,
        ...(problem !== undefined && { errorDetails: problem }),
      });
      const { plugin, code } = outcome.violation ?? {};
      if (!outcome.continueProcessing)
        logger.warn(`a block after the fact changes nothing of server "${name}"`, {
          plugin,
          hook: post,
          code,
        });
    } catch (error) {
      logger.error(`the plugins could not be told of server "${name}": ${describeError(error)}`);
    } finally {
      host.close();
    }
  }

  private block(violation: OutcomeViolation = hookFailure(registrationHooks[this.operation].pre)): void {
    const { logger, operation, name } = this.given;
    const { plugin, code, reason, hook } = violation;
    this.blocked = { server: name, operation, plugin, code, reason };
    logger.warn(`server "${name}" ${consequences[operation]}: ${reason}`, { plugin, hook, code });
  }
}
