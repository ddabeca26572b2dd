/**
 * What a string is in its message. `value`: plain data (an argument, `structuredContent`, `_meta`, error data);
 * `text`: text for a model or a person; `label`: a name, title or description; `uri`; `mediaType`; `header`;
 * `target`: the name or URI that the operation is about, which cannot be rewritten.
 */
export type ContentRole = 'value' | 'text' | 'label' | 'uri' | 'mediaType' | 'header' | 'target';

/** Where a string or number of the content stands. Valid only while the visitor runs: the walk moves it on. */
export interface ContentPlace {
  readonly role: ContentRole;
  /** Nearest property name above the value; array indexes are passed over. */
  readonly key: string | undefined;
  /** JSON pointer from the walked value (RFC 6901). Goes on into JSON that stands in a string. */
  readonly pointer: string;
  /** Property names and array indexes from the walked value, as a new array. */
  readonly segments: readonly (string | number)[];
  /** False where a rewritten value would be dropped: the name or URI of the operation's target. */
  readonly writable: boolean;
}

/** The one place object of a walk. */
export class MovingPlace implements ContentPlace {
  role: ContentRole = 'value';
  writable = true;
  readonly stack: (string | number)[] = [];

  get key(): string | undefined {
    for (let index = this.stack.length - 1; index >= 0; index--) {
      const segment = this.stack[index];
      if (typeof segment === 'string') return segment;
    }
    return undefined;
  }

  get pointer(): string {
    let pointer = '';
    for (const segment of this.stack) {
      pointer += `/${typeof segment === 'number' ? segment : segment.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    }
    return pointer;
  }

  get segments(): readonly (string | number)[] {
    return [...this.stack];
  }
}
