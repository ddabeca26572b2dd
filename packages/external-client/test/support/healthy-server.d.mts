interface Message {
  readonly id?: number;
  readonly method: string;
  readonly params?: object;
}

/** The answer to any message of a host; undefined when it wants none. */
export function answer(
  message: Message,
  options?: { readonly fault?: string; readonly extra?: string },
): object | undefined;

/** The answer to a hook call: go on, with what `result` changes of it. */
export function hookReply(message: Message, result?: object, isForeign?: boolean): object;
