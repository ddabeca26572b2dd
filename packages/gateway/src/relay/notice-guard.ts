import { describeError, type Outcome } from '@mcpplugins/framework-core';
import type { JsonRpcNotification } from '@mcpplugins/mcp-transport';
import { noticeHook, noticeKeys } from '../hook-points/notices.js';
import { envelopeText, wholeText } from '../json/faithful-text.js';
import type { Received } from './exchange.js';
import type { Session } from './session.js';

type Send = (text: string) => void;

/**
 * The notifications of one end of a session. Runs plugins on those that are guarded, and sends on what they let through in the
 * order in which it came. One that is blocked, or could not be guarded, is dropped.
 */
export class NoticeGuard {
  private readonly session: Session;
  private readonly guarded: ReadonlySet<string>;
  private last: Promise<void> | undefined;
  private isClosed = false;

  /** `guarded`: the methods that plugins look at. */
  constructor(session: Session, guarded: readonly string[]) {
    this.session = session;
    this.guarded = new Set(guarded);
  }

  /** Resolves when every notification that came so far is sent on or dropped. Undefined: they are. */
  get whenSent(): Promise<void> | undefined {
    return this.last;
  }

  /** Sends a notification on, at once where no hook takes its time. */
  pass(received: Received<JsonRpcNotification>, send: Send): void {
    if (this.last === undefined && !this.isGuarded(received)) {
      this.sendAsItIs(received, send);
      return;
    }
    const sent = this.last?.then(() => this.guard(received, send)) ?? this.guard(received, send);
    if (sent === undefined) return;
    const last = sent.then(() => {
      if (this.last === last) this.last = undefined;
    });
    this.last = last;
  }

  /** Nothing is sent any more. */
  close(): void {
    this.isClosed = true;
  }

  private isGuarded({ message }: Received<JsonRpcNotification>): boolean {
    return this.guarded.has(message.method) && this.session.guardsNotices;
  }

  private guard(received: Received<JsonRpcNotification>, send: Send): Promise<void> | undefined {
    if (this.isClosed) return undefined;
    if (!this.isGuarded(received)) {
      this.sendAsItIs(received, send);
      return undefined;
    }
    try {
      const { method, params = {} } = received.message;
      const text = wholeText(received, params, noticeKeys);
      const request = this.session.openRequest(method);
      const settle = (outcome: Outcome): void => {
        request.close();
        this.settle(received, text, outcome, send);
      };
      const answer = request.invoke(noticeHook, { method, params: { ...params } }, { owned: true });
      if (answer instanceof Promise)
        return answer
          .then((outcome) => settle(outcome))
          .catch((error: unknown) => this.drop(received, error));
      settle(answer);
      return undefined;
    } catch (error) {
      this.drop(received, error);
      return undefined;
    }
  }

  private settle(
    { message }: Received<JsonRpcNotification>,
    text: string,
    { continueProcessing, modifiedPayload, violation }: Outcome,
    send: Send,
  ): void {
    if (this.isClosed) return;
    if (!continueProcessing) {
      const { plugin, code } = violation ?? {};
      this.session.logger.info(`${message.method} was blocked`, {
        plugin,
        hook: noticeHook,
        code,
        server: this.session.serverName,
      });
    } else if (modifiedPayload === undefined) {
      send(text);
    } else {
      const { params } = modifiedPayload as { readonly params: Readonly<Record<string, unknown>> };
      // Whose progress it is, is no content.
      const token = message.params?.['progressToken'];
      send(
        JSON.stringify({
          ...message,
          params: token === undefined ? params : { ...params, progressToken: token },
        }),
      );
    }
  }

  private sendAsItIs(received: Received<JsonRpcNotification>, send: Send): void {
    try {
      send(this.session.isGuarded ? envelopeText(received) : received.text);
    } catch (error) {
      this.drop(received, error);
    }
  }

  private drop({ message }: Received<JsonRpcNotification>, error: unknown): void {
    this.session.logger.warn(`${message.method} was dropped: ${describeError(error)}`);
  }
}
