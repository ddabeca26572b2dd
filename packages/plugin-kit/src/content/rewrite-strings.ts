import type { ContentPlace } from './content-place.js';
import { type ContentShape, resourceResultShape, resultShape } from './content-shape.js';
import type { ContentVisitor, ContentWalkOptions } from './content-visitor.js';
import { ContentWalk } from './rewrite-content.js';

/** What is walked: plain data, an MCP result (tool, prompt, resource), or the contents of a resource. */
export type ContentKind = 'data' | 'result' | 'resource';

const shapeByKind: Readonly<Record<ContentKind, ContentShape>> = {
  data: 'data',
  result: resultShape,
  resource: resourceResultShape,
};

/** Options of `rewriteContent` and `rewriteStrings`. */
export interface RewriteOptions extends ContentWalkOptions {
  /** Default `data`. */
  readonly kind?: ContentKind;
}

/**
 * A value as the visitor wants it: the same object when nothing in it changed, otherwise a copy along the changed
 * paths. Never writes to the value.
 * @throws FrameworkError `CONTENT_TOO_DEEP`, `CONTENT_TOO_LARGE`
 */
export function rewriteContent<Value>(
  value: Value,
  visitor: ContentVisitor,
  options: RewriteOptions = {},
): Value {
  return new ContentWalk(visitor, options).rewrite(value, shapeByKind[options.kind ?? 'data']) as Value;
}

/** `rewriteContent` for those who care about strings alone. */
export function rewriteStrings<Value>(
  value: Value,
  rewrite: (text: string, place: ContentPlace) => string,
  options?: RewriteOptions,
): Value {
  return rewriteContent(value, { text: rewrite }, options);
}

/** Visits every string without changing any. */
export function walkStrings(
  value: unknown,
  visit: (text: string, place: ContentPlace) => void,
  options?: RewriteOptions,
): void {
  rewriteStrings(
    value,
    (text, place) => {
      visit(text, place);
      return text;
    },
    options,
  );
}
