/** Marks errors of this framework across installed copies; see `FrameworkError.is`. */
const brand = Symbol.for('mcpplugins.framework-error');

/** What a `FrameworkError` carries besides its message. */
export interface FrameworkErrorOptions {
  readonly cause?: unknown;
  /** Name of the plugin that failed, when one did. */
  readonly plugin?: string;
  /** Hook that was running, when one was. */
  readonly hook?: string;
}

/**
 * The one base of every failure in this project. Refusals are not errors: they are violations, which are data.
 * Recognise it by `FrameworkError.is(error, code)`, never by `instanceof` (two copies may be installed) or by message.
 */
export class FrameworkError<Code extends string = string> extends Error {
  override readonly name: string = 'FrameworkError';
  readonly code: Code;
  readonly plugin: string | undefined;
  readonly hook: string | undefined;

  constructor(code: Code, message: string, options: FrameworkErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.plugin = options.plugin;
    this.hook = options.hook;
    Object.defineProperty(this, brand, { value: true });
  }

  /** Whether `value` is an error of this framework, from whichever copy, and has `code` if one is given. */
  static is<Code extends string>(value: unknown, code?: Code): value is FrameworkError<Code> {
    if (typeof value !== 'object' || value === null) return false;
    try {
      if (!Object.hasOwn(value, brand)) return false;
      return code === undefined || (value as { readonly code?: unknown }).code === code;
    } catch {
      // A proxy whose traps throw.
      return false;
    }
  }
}
