import { stripVTControlCharacters } from 'node:util';

/** Lines that say how long something took, or of which version a tool is. */
const volatileLine = /^\s*(Start at|Duration|RUN\s+v\d)/;

/**
 * Output without what differs from run to run: times, ports, the folder.
 *
 * @param {string} output
 * @param {string} cwd
 */
export function normalise(output, cwd) {
  return stripVTControlCharacters(output)
    .replaceAll(cwd, '.')
    .replaceAll(/\d+(\.\d+)? ?ms\b/g, '0.10 ms')
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:8809')
    .split('\n')
    .filter((line) => !volatileLine.test(line))
    .map((line) => line.replace(/[ \t]+0\.10 ms$/, '  0.10 ms').trimEnd())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}
