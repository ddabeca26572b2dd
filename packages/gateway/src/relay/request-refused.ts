import { rpcCodes } from '../rpc-codes.js';

/** A message that the gateway does not let through, whatever the plugins say. Becomes a JSON-RPC error. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  readonly rpcCode: number;

  constructor(rpcCode: number, message: string) {
    super(message);
    this.rpcCode = rpcCode;
  }

  /** The same of the answer of a server. */
  asAnswer(): RequestRefused {
    return new RequestRefused(
      rpcCodes.internalError,
      `the answer of the server was refused: ${this.message}`,
    );
  }
}
