import type { ContentVisitor, ContentWalkOptions } from './content-visitor.js';
import type { ContentShape } from './content-shape.js';
import { setOwnProperty } from './own-property.js';
import { payloadShapes } from './payload-shapes.js';
import { ContentWalk } from './rewrite-content.js';

/**
 * Walks the content of a hook's payload and returns the payload as the visitor wants it: the same object when
 * nothing changed, so `rewritten === payload` is the test. Fields that no plugin may change are never changed.
 * Works for each of the six MCP hooks; of any other hook, every field is walked as data.
 * @throws FrameworkError `CONTENT_TOO_DEEP`, `CONTENT_TOO_LARGE`
 */
export function rewritePayload<Payload extends object>(
  hook: string,
  payload: Payload,
  visitor: ContentVisitor,
  options?: ContentWalkOptions,
): Payload {
  const walk = new ContentWalk(visitor, options);
  const shapes = Object.hasOwn(payloadShapes, hook) ? payloadShapes[hook] : undefined;
  let copy: Record<string, unknown> | undefined;
  for (const [field, value] of Object.entries(payload) as [string, unknown][]) {
    const shape = shapes === undefined ? 'data' : shapes[field];
    if (shape === undefined || !isWanted(shape, walk.options)) continue;
    walk.place.stack.push(field);
    walk.place.writable = shape !== 'target';
    const rewritten = walk.rewrite(value, shape);
    walk.place.stack.pop();
    if (rewritten !== value && walk.place.writable) {
      copy ??= { ...payload } as Record<string, unknown>;
      setOwnProperty(copy, field, rewritten);
    }
  }
  return (copy ?? payload) as Payload;
}

function isWanted(shape: ContentShape, options: Required<ContentWalkOptions>): boolean {
  if (shape === 'header') return options.headers;
  return shape !== 'target' || options.target;
}
