import { join } from 'node:path';
import { createHttpCaller, createStdioCaller } from '../gateway/callers.mjs';
import { firstLine, startChild } from '../lib/child.mjs';
import { defineSuite } from '../suite.mjs';

const folder = join(import.meta.dirname, '../gateway');
const file = (/** @type {string} */ name) => join(folder, `${name}.mjs`);
const rawStdio = [file('upstream'), 'stdio'];

/** @type {import('../lib/child.mjs').Child[]} */
const children = [];

/** @param {readonly string[]} args */
function start(args) {
  const child = startChild(args);
  children.push(child);
  return child;
}

/**
 * A target over HTTP: the program's CPU time counts, besides that of the client and of the shared server.
 *
 * @param {string} name
 * @param {readonly string[]} args
 * @param {number} concurrency
 * @param {import('../lib/child.mjs').Child} [upstream]
 * @returns {Promise<import('../suite.mjs').Target>}
 */
async function overHttp(name, args, concurrency, upstream) {
  const child = start(args);
  const used = upstream === undefined ? [child] : [child, upstream];
  return {
    name,
    loop: await createHttpCaller(await firstLine(child), concurrency),
    childCpuMicroseconds: () => sumCpu(used),
  };
}

/**
 * A target on standard streams. What it starts itself is not counted.
 *
 * @param {string} name
 * @param {readonly string[]} args
 * @param {number} concurrency
 * @returns {import('../suite.mjs').Target}
 */
function overStdio(name, args, concurrency) {
  const child = start(args);
  return {
    name,
    loop: createStdioCaller(child.process, concurrency),
    childCpuMicroseconds: child.cpuMicroseconds,
  };
}

/** @param {readonly import('../lib/child.mjs').Child[]} list */
async function sumCpu(list) {
  const each = await Promise.all(list.map((child) => child.cpuMicroseconds()));
  return each.reduce((sum, one) => sum + one, 0);
}

/** @param {number} concurrency @returns {Promise<import('../suite.mjs').Group>} */
async function httpGroup(concurrency) {
  const upstream = start([file('upstream'), 'http']);
  const url = await firstLine(upstream);
  return {
    name: `HTTP to HTTP, ${concurrency} at a time (all processes)`,
    calls: concurrency === 1 ? 1000 : 4000,
    anchor: await overHttp('byte pipe on node:http', [file('byte-pipe'), url], concurrency, upstream),
    targets: [
      {
        name: 'direct',
        loop: await createHttpCaller(url, concurrency),
        childCpuMicroseconds: upstream.cpuMicroseconds,
      },
      await overHttp('gateway, 5 + 5 plugins', [file('gateway'), 'http', '5', url], concurrency, upstream),
      await overHttp('gateway, no plugins', [file('gateway'), 'http', '0', url], concurrency, upstream),
      await overHttp(
        "the SDK's Server and Client",
        ['--no-warnings', file('sdk-proxy'), url],
        concurrency,
        upstream,
      ),
    ],
  };
}

/** @param {number} concurrency @returns {Promise<import('../suite.mjs').Group>} */
async function httpToStdioGroup(concurrency) {
  const upstream = start([file('upstream'), 'http']);
  const url = await firstLine(upstream);
  return {
    name: `HTTP to stdio, ${concurrency} at a time (without the server behind stdio)`,
    calls: 4000,
    anchor: await overHttp('byte pipe, HTTP to HTTP', [file('byte-pipe'), url], concurrency),
    targets: [
      await overHttp('gateway, 5 + 5 plugins', [file('gateway'), 'http', '5', ...rawStdio], concurrency),
    ],
  };
}

/** @param {number} concurrency @returns {import('../suite.mjs').Group} */
function stdioGroup(concurrency) {
  return {
    name: `stdio to stdio, ${concurrency} at a time (without the server)`,
    calls: concurrency === 1 ? 2000 : 20_000,
    anchor: overStdio('byte pipe', [file('byte-pipe'), 'stdio', ...rawStdio], concurrency),
    targets: [
      overStdio('direct', rawStdio, concurrency),
      overStdio('gateway, 5 + 5 plugins', [file('gateway'), 'stdio', '5', ...rawStdio], concurrency),
      overStdio('gateway, no plugins', [file('gateway'), 'stdio', '0', ...rawStdio], concurrency),
    ],
  };
}

export default defineSuite({
  title: 'The gateway against a byte pipe in its place, 1 KB calls, raw upstreams',
  async prepare() {
    const groups = [
      await httpGroup(32),
      await httpGroup(1),
      await httpToStdioGroup(32),
      stdioGroup(32),
      stdioGroup(1),
    ];
    return {
      groups,
      close: () => {
        for (const child of children) child.stop();
      },
    };
  },
});
