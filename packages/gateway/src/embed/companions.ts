import { isRequest, type JsonRpcMessage, type RequestId } from '@mcpplugins/mcp-transport';

/** What came with a message besides it, until the message goes on: by request id, or for the present turn. */
export class Companions<Companion> {
  private readonly ofRequests = new Map<RequestId, Companion>();
  private present: Companion | undefined;

  during(message: JsonRpcMessage, companion: Companion | undefined, handle: () => void): void {
    if (!isRequest(message)) this.present = companion;
    else if (companion !== undefined && !this.ofRequests.has(message.id)) {
      this.ofRequests.set(message.id, companion);
    }
    try {
      handle();
    } finally {
      this.present = undefined;
    }
  }

  take(requestId: RequestId | undefined): Companion | undefined {
    if (requestId === undefined) return this.present;
    const companion = this.ofRequests.get(requestId);
    this.ofRequests.delete(requestId);
    return companion;
  }

  drop(requestId: RequestId | undefined): void {
    if (requestId !== undefined) this.ofRequests.delete(requestId);
  }
}
