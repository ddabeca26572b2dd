import { dirname, join, normalize } from 'node:path';

/** @typedef {import('./markdown.mjs').MarkdownPage} MarkdownPage */

/** Schemes that a link out of the repository may have. */
const schemes = ['https:', 'mailto:'];

/**
 * Links that lead nowhere: to no file of the repository, to no heading of a page, or with a malformed address. Other sites are
 * not asked.
 *
 * @param {ReadonlyMap<string, MarkdownPage>} pages by file name from the repository's folder
 * @param {readonly string[]} files of the repository
 * @returns {string[]} each `PAGE: LINK (why)`
 */
export function findDeadLinks(pages, files) {
  const known = new Set(files);
  for (const file of files)
    for (let folder = dirname(file); !known.has(folder); folder = dirname(folder)) known.add(folder);
  return [...pages].flatMap(([page, { links }]) =>
    links.flatMap((link) => {
      const why = /^[a-z][a-z0-9+.-]*:/i.test(link)
        ? externalProblem(link)
        : problem(page, link, known, pages);
      return why === undefined ? [] : [`${page}: ${link} (${why})`];
    }),
  );
}

/** @param {string} link */
function externalProblem(link) {
  try {
    const { protocol } = new URL(link);
    return schemes.includes(protocol) ? undefined : `${protocol} is not one of ${schemes.join(', ')}`;
  } catch {
    return 'not a URL';
  }
}

/**
 * @param {string} page
 * @param {string} link
 * @param {ReadonlySet<string>} known
 * @param {ReadonlyMap<string, MarkdownPage>} pages
 */
function problem(page, link, known, pages) {
  const [path = '', anchor] = link.split('#');
  if (path.startsWith('/')) return 'starts at the root of a site';
  const target = path === '' ? page : normalize(join(dirname(page), decodeURI(path))).replace(/\/$/, '');
  if (!known.has(target)) return 'no such file';
  if (anchor === undefined) return undefined;
  const headings = pages.get(target)?.anchors ?? pages.get(join(target, 'README.md'))?.anchors;
  return headings?.has(anchor) === true ? undefined : 'no such heading';
}
