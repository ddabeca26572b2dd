/** A refusal, as a plugin states it. Data, not an error. No secret and no payload content belongs in it. */
export interface Violation {
  /** Machine-readable, e.g. `PII_DETECTED`. */
  readonly code: string;
  /** One short sentence that a model or a person may read. */
  readonly reason: string;
  /** Longer text for operators. */
  readonly description?: string | undefined;
  /** Plain data for operators; stays out of model-visible text. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  /** JSON-RPC error code that a host should answer with, where it answers with an error. */
  readonly mcpErrorCode?: number | undefined;
  /** HTTP status that an HTTP host should answer with. */
  readonly httpStatusCode?: number | undefined;
}

/** A violation as the host gets it: with the plugin that stated it and the hook it was stated on. */
export interface OutcomeViolation extends Violation {
  readonly plugin: string;
  readonly hook: string;
}
