import { isObject } from '../hook-points/read-params.js';
import { type Member, MemberFailure } from './member.js';

/** Pages after which a list is taken for one that never ends. */
const maxPages = 1000;

/** Everything that a server lists, page by page. @throws MemberFailure also when its pages never end */
export async function listAll(
  member: Member,
  method: string,
  key: string,
): Promise<readonly Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  const seen = new Set<unknown>();
  let cursor: unknown;
  for (let page = 0; page < maxPages; page++) {
    const result = await member.ask(method, cursor === undefined ? {} : { cursor });
    const part = result[key];
    if (!Array.isArray(part)) throw new MemberFailure(`its answer to ${method} has no ${key}`);
    items.push(...part.filter((item) => isObject(item)));
    cursor = result['nextCursor'];
    if (cursor === undefined || cursor === null || cursor === '') return items;
    if (seen.has(cursor)) throw new MemberFailure(`its pages of ${method} go round in circles`);
    seen.add(cursor);
  }
  throw new MemberFailure(`it has more than ${maxPages} pages of ${method}`);
}
