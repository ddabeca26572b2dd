import { TransportError } from '../../errors/transport-error.js';

/** The error itself if it is a `TransportError`, otherwise a `STREAM_FAILED` with the error as its cause. */
export function toTransportError(error: unknown): TransportError {
  if (TransportError.is(error)) return error;
  return new TransportError('STREAM_FAILED', error instanceof Error ? error.message : String(error), {
    cause: error,
  });
}
