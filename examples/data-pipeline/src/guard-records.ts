import type { DeepReadonly, OutcomeViolation, PluginManager } from '@mcpplugins/framework-core';
import { recordPreLoad } from './record-pre-load.js';

/** One record of a stream: JSON values. */
export type StreamRecord = DeepReadonly<Record<string, unknown>>;

/** What `guardRecords` takes besides the records. */
export interface GuardRecordsOptions {
  readonly manager: PluginManager;
  /** Name of the stream, for conditions. */
  readonly source: string;
  /** A record that plugins refused: it is in the stream no more. */
  readonly onRefused: (record: StreamRecord, violation: OutcomeViolation | undefined) => void;
  /** Ends the stream, and the plugin that runs at the moment. */
  readonly signal?: AbortSignal | undefined;
}

/** A stage of a pipeline: each record as plugins leave it, in order. It asks for the next one when its reader does. */
export async function* guardRecords(
  records: AsyncIterable<StreamRecord>,
  { manager, source, onRefused, signal }: GuardRecordsOptions,
): AsyncGenerator<StreamRecord> {
  for await (const record of records) {
    await using request = manager.openRequest({ metadata: { source } }, { signal });
    const outcome = await request.invoke(recordPreLoad, { source, record });
    signal?.throwIfAborted();
    if (outcome.continueProcessing) yield outcome.modifiedPayload?.record ?? record;
    else onRefused(record, outcome.violation);
  }
}
