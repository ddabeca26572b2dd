import { parseUrl } from '@mcpplugins/plugin-kit';

/** Checks the paths of `file:` URIs. By name alone: links are the business of who opens the file. */
export interface FileRoots {
  /** Why a `file:` URL is refused; undefined when it is not. */
  problemOf(url: URL): string | undefined;
}

/**
 * An absolute path or a `file:` URL as the path that URLs have, without a slash at its end.
 * @throws Error when it is neither
 */
export function parseFileRoot(root: string): string {
  const text = root.startsWith('file:') ? root : `file://${root.replaceAll('\\', '/')}`;
  const isAbsolute = /^file:\/\/\/|^file:\/\/[A-Za-z]:\//.test(text);
  const url = isAbsolute ? parseUrl(text.replace(/^file:\/\/(?=[A-Za-z]:)/, 'file:///')) : undefined;
  const path = url === undefined ? undefined : readPath(url);
  if (path === undefined) {
    throw new Error(`${JSON.stringify(root)} is no absolute path; write one such as /srv/docs or C:/docs`);
  }
  return path.replace(/\/$/, '');
}

/** Compiles `file_roots`; none means that every path is open that is written plainly. */
export function compileFileRoots(roots: readonly string[]): FileRoots {
  const paths = roots.map(parseFileRoot);
  return {
    problemOf(url) {
      if (url.hostname !== '') return 'the file is on another machine';
      const path = readPath(url);
      if (path === undefined) return 'the path is disguised';
      const isInside =
        paths.length === 0 || paths.some((root) => path === root || path.startsWith(`${root}/`));
      return isInside ? undefined : 'the path is outside of the allowed roots';
    },
  };
}

/** The decoded path; undefined when a second decoding, a backslash or a NUL could make another path of it. */
function readPath({ pathname }: URL): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (path.includes('\0') || path.includes('\\') || /%(?:2e|2f|5c|00)/i.test(path)) return undefined;
  return path.split('/').some((segment) => segment === '..' || segment === '.') ? undefined : path;
}
