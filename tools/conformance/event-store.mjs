/**
 * Keeps the events of one session of the SDK's HTTP server, so that its streams can be resumed.
 *
 * @returns {import('@modelcontextprotocol/sdk/server/streamableHttp.js').EventStore}
 */
export function createEventStore() {
  /** @type {{ streamId: string; message: import('@modelcontextprotocol/sdk/types.js').JSONRPCMessage }[]} */
  const events = [];
  return {
    async storeEvent(streamId, message) {
      events.push({ streamId, message });
      return String(events.length);
    },
    async getStreamIdForEventId(id) {
      return events[Number(id) - 1]?.streamId;
    },
    async replayEventsAfter(id, { send }) {
      const streamId = events[Number(id) - 1]?.streamId ?? '';
      for (let index = Number(id); index < events.length; index++) {
        const event = events[index];
        // The priming event of a stream has no message.
        if (event?.streamId === streamId && 'jsonrpc' in event.message)
          await send(String(index + 1), event.message);
      }
      return streamId;
    },
  };
}
