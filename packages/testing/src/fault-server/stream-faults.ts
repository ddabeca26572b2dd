import { deepJson, type HostMessage, hookReply, replyWith, type ServerMessage } from './healthy-answers.js';

/** What carries the messages of a fault server one after the other: lines, events or frames. */
export interface FaultChannel {
  send(message: ServerMessage): void;
  /** Sends something as if it were a message. */
  sendText(text: string): void;
  /** Begins a message that never ends. */
  sendHalf(text: string): void;
  /** Sends a message of so many bytes, unless the reader stops. */
  sendHuge(bytes: number): void;
  /** Sends a byte now and then, of a message that never ends. */
  sendSlowly(): void;
  /** Ends the channel without an answer. */
  end(): void;
  /** Breaks it. */
  cut(): void;
  /** What a fault keeps for a later call. */
  kept: ServerMessage | undefined;
  /** The call that waits for an answer to a request of the server. */
  asked: HostMessage | undefined;
}

type StreamFault = (message: HostMessage, channel: FaultChannel) => void;

/** Faults of servers that have one channel for all messages, by what `args.fault` of a hook call names. */
export const streamFaults: Readonly<Record<string, StreamFault>> = {
  silence: () => {},
  garbage: (message, channel) => {
    channel.sendText('DEBUG: a log line with "quotes"');
    channel.sendText('{not json');
    channel.send(hookReply(message));
  },
  'half-line': (_, channel) => channel.sendHalf('{"jsonrpc":"2.0","id":'),
  'slow-loris': (_, channel) => channel.sendSlowly(),
  'wrong-id': (message, channel) => channel.send({ ...hookReply(message), id: 999_999 }),
  'null-result': ({ id }, channel) => channel.send({ jsonrpc: '2.0', id, result: null }),
  'no-id': (message, channel) => channel.send({ ...hookReply(message), id: undefined }),
  'both-result-and-error': (message, channel) =>
    channel.send({ ...hookReply(message), error: { code: 1, message: 'x' } }),
  'content-no-array': ({ id }, channel) => channel.send({ jsonrpc: '2.0', id, result: { content: 'x' } }),
  'rpc-error': ({ id }, channel) =>
    channel.send({ jsonrpc: '2.0', id, error: { code: -32_000, message: 'no memory' } }),
  'is-error': ({ id }, channel) =>
    channel.send({
      jsonrpc: '2.0',
      id,
      result: { isError: true, content: [{ type: 'text', text: 'Unknown tool: x' }] },
    }),
  'three-times': (message, channel) => {
    for (let times = 0; times < 3; times++) channel.send(hookReply(message));
  },
  'keep-for-later': (message, channel) => {
    channel.kept = hookReply(message, { modified_payload: { name: 'echo', args: { stale: true } } });
  },
  'send-late': (message, channel) => {
    if (channel.kept !== undefined) channel.send(channel.kept);
    channel.send(hookReply(message));
  },
  sampling: (message, channel) => {
    channel.asked = message;
    channel.send({ jsonrpc: '2.0', id: 's1', method: 'sampling/createMessage', params: {} });
  },
  'many-notifications': (message, channel) => {
    const text = JSON.stringify({
      jsonrpc: '2.0',
      method: 'notifications/message',
      params: { level: 'info' },
    });
    for (let times = 0; times < 50_000; times++) channel.sendText(text);
    channel.send(hookReply(message));
  },
  huge: (_, channel) => channel.sendHuge(100_000_000),
  deep: (message, channel) => channel.sendText(replyWith(message, deepJson)),
  prototype: (message, channel) =>
    channel.sendText(
      replyWith(
        message,
        String.raw`{\"__proto__\":{\"polluted\":1},\"constructor\":{\"prototype\":{\"polluted\":1}}}`,
      ),
    ),
  ends: (_, channel) => channel.end(),
  cut: (_, channel) => channel.cut(),
};

/** Answers a message that may be the host's refusal of `sampling`. True: it was. */
export function answerRefusal(message: HostMessage, channel: FaultChannel): boolean {
  if (message.id !== 's1' || channel.asked === undefined) return false;
  channel.send(hookReply(channel.asked, { metadata: { refusedWith: message.error?.code } }));
  return true;
}
