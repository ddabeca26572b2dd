import { createHash } from 'node:crypto';
import path from 'node:path';
import type { DiagnosticList } from '../errors/diagnostic.js';
import { checkLocks } from '../overlays/check-locks.js';
import { mergeTrees } from '../overlays/merge-trees.js';
import { readTextFile } from '../source/read-text-file.js';
import { SourceText } from '../source/source-text.js';
import type { VariableSources } from '../values/interpolate.js';
import type { ConfigLimits } from '../yaml/limits.js';
import type { MapNode } from '../yaml/tree.js';
import { parseTree } from './parse-tree.js';

/** A configuration file with its overlays merged into it. */
export interface Layers {
  readonly tree: MapNode;
  /** SHA-256 of the texts of all files, in hexadecimal. */
  readonly hash: string;
}

/** Reads a file and its overlays; undefined after findings that leave nothing to check. */
export function readLayers(
  files: readonly string[],
  sources: VariableSources,
  limits: ConfigLimits,
  found: DiagnosticList,
): Layers | undefined {
  const hash = createHash('sha256');
  const trees = files.map((file) => {
    found.addFile(file);
    sources.filesRead.add(path.resolve(file));
    const text = readConfigText(file, limits.maxFileBytes, found);
    if (text === undefined) return undefined;
    hash.update(`${text.length}\n${text}`);
    return parseTree(new SourceText(file, text), sources, limits, found);
  });
  let merged: MapNode | undefined;
  for (const tree of trees) {
    if (tree === undefined) return undefined;
    if (merged === undefined) merged = tree;
    else {
      const next = mergeTrees(merged, tree);
      checkLocks(merged, tree, next, found);
      merged = next;
    }
  }
  return merged && { tree: merged, hash: hash.digest('hex') };
}

/** The files of a configuration: itself, the one of the environment, the overlays, in the order of their merging. */
export function layerFiles(
  file: string,
  environment: string | undefined,
  overlays: readonly string[],
  found: DiagnosticList,
): readonly string[] {
  if (environment === undefined) return [file, ...overlays];
  if (!/^[\w-]+$/.test(environment)) {
    found.addForFile(file, {
      code: 'ENVIRONMENT_INVALID',
      message: `${JSON.stringify(environment)} is not the name of an environment`,
      suggestion: 'Use letters, digits, - and _.',
    });
    return [file, ...overlays];
  }
  const { dir, name, ext } = path.parse(file);
  return [file, path.join(dir, `${name}.${environment}${ext}`), ...overlays];
}

function readConfigText(file: string, maxBytes: number, found: DiagnosticList): string | undefined {
  const read = readTextFile(file, maxBytes);
  if ('text' in read) return read.text;
  found.addForFile(file, {
    code: read.code,
    message: `the configuration file ${read.message}`,
    suggestion:
      read.code === 'FILE_NOT_FOUND' ? 'Check the path; a missing file never means "no plugins".' : undefined,
  });
  return undefined;
}
