type Leaf =
  string | number | boolean | bigint | symbol | null | undefined | Uint8Array | ((...args: never) => unknown);

/** `Value` with every object and array in it read-only, as plugins see payloads. */
export type DeepReadonly<Value> = Value extends Leaf
  ? Value
  : Value extends readonly unknown[]
    ? { readonly [Index in keyof Value]: DeepReadonly<Value[Index]> }
    : Value extends object
      ? { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> }
      : Value;
