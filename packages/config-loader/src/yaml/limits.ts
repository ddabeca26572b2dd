/** What a configuration file may cost. */
export interface ConfigLimits {
  /** Bytes of one file. */
  readonly maxFileBytes: number;
  /** Levels of nesting. */
  readonly maxDepth: number;
  /** Values of one file, with every alias counted as often as it is used. */
  readonly maxNodes: number;
  /** Milliseconds that the import of one plugin module may take. */
  readonly maxImportMs: number;
}

/** 512 KiB, 64 levels, 50 000 values: some thousand plugins, read in well under a second; 10 s for an import. */
export const defaultConfigLimits: ConfigLimits = Object.freeze({
  maxFileBytes: 524_288,
  maxDepth: 64,
  maxNodes: 50_000,
  maxImportMs: 10_000,
});
