import { FrameworkError } from '../errors/framework-error.js';
import { type PayloadLimits, smallLimits } from './limits.js';
import { isPlainObject, setOwn } from './plain.js';
import { utf8Length } from './utf8-length.js';

/**
 * Copies plain data, measures it and deep-freezes the copy, in one walk. Strings and `Uint8Array`s are shared.
 * With `owned`, the value itself is frozen in place and nothing is copied: only for what nobody else can reach and
 * whose properties are no accessors, such as fresh `JSON.parse` output.
 * @throws FrameworkError `PAYLOAD_NOT_PLAIN`, `PAYLOAD_TOO_LARGE`
 */
export function isolate<Value>(value: Value, limits: PayloadLimits = smallLimits, owned = false): Value {
  return new IsolatingWalk(limits).run(value, owned) as Value;
}

/** Upper bounds of what is in a payload: 3 bytes for each UTF-16 unit, and every value in it. */
export interface PayloadSize {
  readonly bytes: number;
  readonly nodes: number;
}

/** A payload that is isolated already: what a later version still has of it, in the same place, is not copied again. */
interface EarlierVersion {
  readonly payload: object;
  readonly size: PayloadSize;
}

/** One walk over one value. */
export class IsolatingWalk implements PayloadSize {
  bytes = 0;
  nodes = 0;
  private readonly limits: PayloadLimits;
  private readonly onRoot: ((root: object, size: PayloadSize) => void) | undefined;
  private earlier: EarlierVersion | undefined;
  private sharesEarlier = false;

  /** `onRoot` gets the outermost object just before it is frozen, and the size that was counted in it. */
  constructor(
    limits: PayloadLimits,
    onRoot?: (root: object, size: PayloadSize) => void,
    earlier?: EarlierVersion,
  ) {
    this.limits = limits;
    this.onRoot = onRoot;
    this.earlier = earlier;
  }

  /** @throws FrameworkError `PAYLOAD_NOT_PLAIN`, `PAYLOAD_TOO_LARGE` */
  run(value: unknown, owned: boolean): unknown {
    let isolated: unknown;
    try {
      isolated = owned ? this.freeze(value, 0) : this.copy(value, 0, this.earlier?.payload);
    } catch (error) {
      if (FrameworkError.is(error)) throw error;
      throw notPlain('a property of the payload cannot be read', error);
    }
    if (this.bytes > this.limits.maxBytes) this.recount(isolated);
    return isolated;
  }

  private copy(value: unknown, depth: number, earlier: unknown): unknown {
    if (typeof value !== 'object' || value === null) return this.leaf(value);
    if (value === earlier) {
      this.sharesEarlier = true;
      return value;
    }
    this.enter(depth);
    if (Array.isArray(value)) {
      const { length } = value;
      if (length > this.limits.maxNodes) this.tooMany();
      const copied: unknown[] = [];
      for (let index = 0; index < length; index++)
        copied.push(this.copy(value[index], depth + 1, ownValue(earlier, index)));
      return Object.freeze(copied);
    }
    if (isBinary(value)) return this.binary(value);
    if (!isPlainObject(value)) throw notPlain(`an instance of ${classOf(value)} is not plain data`);
    const copied: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      this.bytes += 3 * key.length;
      const item = this.copy(value[key], depth + 1, ownValue(earlier, key));
      if (key === '__proto__') setOwn(copied, key, item);
      else copied[key] = item;
    }
    if (depth === 0) this.finish(copied);
    return Object.freeze(copied);
  }

  private freeze(value: unknown, depth: number): unknown {
    if (typeof value !== 'object' || value === null) return this.leaf(value);
    this.enter(depth);
    if (Array.isArray(value)) {
      for (const item of value) this.freeze(item, depth + 1);
      return Object.freeze(value);
    }
    if (isBinary(value)) return this.binary(value);
    if (!isPlainObject(value)) throw notPlain(`an instance of ${classOf(value)} is not plain data`);
    for (const key of Object.keys(value)) {
      this.bytes += 3 * key.length;
      this.freeze(value[key], depth + 1);
    }
    if (depth === 0) this.finish(value);
    return Object.freeze(value);
  }

  /** All that is shared is at most the earlier version; only where that bound is too much is it counted. */
  private finish(root: object): void {
    const { limits, earlier } = this;
    // Who keeps the size must not keep the earlier version.
    this.earlier = undefined;
    if (earlier !== undefined && this.sharesEarlier) {
      this.bytes += earlier.size.bytes;
      this.nodes += earlier.size.nodes;
      if (this.bytes > limits.maxBytes || this.nodes > limits.maxNodes) this.recount(root);
    }
    this.onRoot?.(root, this);
  }

  /** Puts the exact size, in UTF-8, in the place of the bounds. */
  private recount(isolated: unknown): void {
    const { maxBytes } = this.limits;
    this.bytes = 0;
    this.nodes = 0;
    this.count(isolated);
    if (this.bytes > maxBytes) throw tooLarge(`has more than ${maxBytes} bytes`);
  }

  private count(value: unknown): void {
    if (typeof value === 'string') {
      // One that is too long is not looked through for how much too long it is.
      this.bytes += value.length > this.limits.maxBytes ? value.length : utf8Length(value);
    } else if (typeof value !== 'object' || value === null) {
      this.leaf(value);
      return;
    } else if (isBinary(value)) this.binary(value);
    else this.countItems(value);
    if (++this.nodes > this.limits.maxNodes) this.tooMany();
  }

  private countItems(value: object): void {
    for (const [key, item] of Object.entries(value)) {
      if (!Array.isArray(value)) this.bytes += utf8Length(key);
      this.count(item);
    }
  }

  private leaf(value: unknown): unknown {
    if (++this.nodes > this.limits.maxNodes) this.tooMany();
    switch (typeof value) {
      case 'string':
        this.bytes += 3 * value.length;
        return value;
      case 'number':
        if (!Number.isFinite(value)) throw notPlain(`${value} is not a JSON number`);
        this.bytes += 8;
        return value;
      case 'boolean':
      case 'object':
        this.bytes += 8;
        return value;
      case 'undefined':
        return value;
      case 'bigint':
      case 'function':
      case 'symbol':
        throw notPlain(`a ${typeof value} is not plain data`);
    }
  }

  private enter(depth: number): void {
    if (depth >= this.limits.maxDepth) {
      throw tooLarge(`is cyclic or nested deeper than ${this.limits.maxDepth} levels`);
    }
    if (++this.nodes > this.limits.maxNodes) this.tooMany();
  }

  private tooMany(): never {
    throw tooLarge(`has more than ${this.limits.maxNodes} values`);
  }

  private binary(value: Uint8Array): Uint8Array {
    this.bytes += binaryLength(value);
    return value;
  }
}

/** What stands under a key of its own, if it is an object at all. */
function ownValue(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<PropertyKey, unknown>>)[key]
    : undefined;
}

/** A real one: an object that only inherits from `Uint8Array.prototype` would be shared without being frozen. */
function isBinary(value: object): value is Uint8Array {
  return value instanceof Uint8Array && ArrayBuffer.isView(value);
}

/** Read from the prototype, because an own property of that name may say anything. */
function binaryLength(value: Uint8Array): number {
  return Reflect.get(Uint8Array.prototype, 'byteLength', value) as number;
}

function classOf(value: object): string {
  const { constructor } = value as { readonly constructor?: { readonly name?: unknown } };
  return typeof constructor === 'function' && typeof constructor.name === 'string'
    ? constructor.name
    : 'object';
}

function notPlain(what: string, cause?: unknown): FrameworkError {
  return new FrameworkError('PAYLOAD_NOT_PLAIN', what, { cause });
}

function tooLarge(how: string): FrameworkError {
  return new FrameworkError('PAYLOAD_TOO_LARGE', `the payload ${how}`);
}
