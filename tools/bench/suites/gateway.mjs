import { join } from 'node:path';
import { createHttpCaller, createStdioCaller } from '../gateway/callers.mjs';
import { firstLine, startChild } from '../lib/child.mjs';
import { freePort } from '../lib/free-port.mjs';
import { perSecond } from '../lib/per-second.mjs';
import { defineSuite } from '../suite.mjs';

const folder = join(import.meta.dirname, '../gateway');
const file = (/** @type {string} */ name) => join(folder, `${name}.mjs`);
const rawStdio = [file('upstream'), 'stdio'];

const civic = '@civic/passthrough-mcp-server';
const peerFile = (/** @type {string} */ name) => join(import.meta.dirname, '../peers', name);
// Their clients leave a listener for each call, and Node says so for each.
const supergateway = ['--no-warnings', peerFile('node_modules/supergateway/dist/index.js')];

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
 * @param {import('../lib/child.mjs').Child} [upstream]
 * @returns {Promise<import('../suite.mjs').Target>}
 */
async function overStdio(name, args, concurrency, upstream) {
  const child = start(args);
  const used = upstream === undefined ? [child] : [child, upstream];
  return {
    name,
    loop: await createStdioCaller(child.process, concurrency),
    childCpuMicroseconds: () => sumCpu(used),
  };
}

/** @param {readonly import('../lib/child.mjs').Child[]} list */
async function sumCpu(list) {
  const each = await Promise.all(list.map((child) => child.cpuMicroseconds()));
  return each.reduce((sum, one) => sum + one, 0);
}

/** @typedef {import('../suite.mjs').SuiteTools['wants']} Wants */

/** @param {number} concurrency @param {Wants} wants @returns {Promise<import('../suite.mjs').Group>} */
async function httpGroup(concurrency, wants) {
  const upstream = start([file('upstream'), 'http']);
  const url = await firstLine(upstream);
  const target = (/** @type {string} */ name, /** @type {readonly string[]} */ args) =>
    overHttp(name, args, concurrency, upstream);
  return {
    name: `HTTP to HTTP, ${concurrency} at a time (all processes)`,
    calls: concurrency === 1 ? 1000 : 4000,
    anchor: await target('byte pipe on node:http', [file('byte-pipe'), url]),
    targets: [
      {
        name: 'direct',
        loop: await createHttpCaller(url, concurrency),
        childCpuMicroseconds: upstream.cpuMicroseconds,
      },
      await target('gateway, 5 + 5 plugins', [file('gateway'), 'http', '5', url]),
      await target('gateway, no plugins', [file('gateway'), 'http', '0', url]),
      await target("the SDK's Server and Client", ['--no-warnings', file('sdk-proxy'), url]),
      ...(wants(civic)
        ? [await target(`${civic}, 5 + 5 hooks`, ['--no-warnings', peerFile('civic-proxy.mjs'), url])]
        : []),
    ],
  };
}

/** @param {number} concurrency @param {Wants} wants @returns {Promise<import('../suite.mjs').Group>} */
async function stdioServerGroup(concurrency, wants) {
  const upstream = start([file('upstream'), 'http']);
  const url = await firstLine(upstream);
  const target = (/** @type {string} */ name, /** @type {readonly string[]} */ args) =>
    overHttp(name, args, concurrency);
  return {
    name: `HTTP client, stdio server, ${concurrency} at a time (without the server)`,
    calls: 4000,
    anchor: await target('byte pipe, HTTP to HTTP', [file('byte-pipe'), url]),
    targets: [
      await target('gateway, 5 + 5 plugins', [file('gateway'), 'http', '5', ...rawStdio]),
      ...(wants('supergateway') ? [await supergatewayOverHttp(concurrency)] : []),
    ],
  };
}

/** It prints no address: it is there when it answers. @param {number} concurrency @returns {Promise<import('../suite.mjs').Target>} */
async function supergatewayOverHttp(concurrency) {
  const port = await freePort();
  const command = [process.execPath, ...rawStdio].join(' ');
  const output = ['--outputTransport', 'streamableHttp', '--stateful', '--logLevel', 'none'];
  const child = start([...supergateway, '--stdio', command, ...output, '--port', String(port)]);
  child.process.stdout?.resume();
  const url = `http://127.0.0.1:${port}/mcp`;
  for (let attempt = 0; ; attempt++) {
    try {
      const loop = await createHttpCaller(url, concurrency);
      return { name: 'supergateway, stateful', loop, childCpuMicroseconds: child.cpuMicroseconds };
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** @param {number} concurrency @param {Wants} wants @returns {Promise<import('../suite.mjs').Group>} */
async function stdioClientGroup(concurrency, wants) {
  const upstream = start([file('upstream'), 'http']);
  const url = await firstLine(upstream);
  const target = (/** @type {string} */ name, /** @type {readonly string[]} */ args) =>
    overStdio(name, args, concurrency, upstream);
  return {
    name: `stdio client, HTTP server, ${concurrency} at a time (all processes)`,
    calls: 4000,
    anchor: await overHttp('byte pipe, HTTP to HTTP', [file('byte-pipe'), url], concurrency, upstream),
    targets: [
      await target('relay, 5 + 5 plugins', [file('gateway'), 'stdio', '5', url]),
      ...(wants('supergateway')
        ? [await target('supergateway', [...supergateway, '--streamableHttp', url, '--logLevel', 'none'])]
        : []),
      ...(wants('mcp-remote')
        ? [
            await target('mcp-remote', [
              '--no-warnings',
              peerFile('node_modules/mcp-remote/dist/proxy.js'),
              url,
              '--silent',
            ]),
          ]
        : []),
    ],
  };
}

/** @param {number} concurrency @returns {Promise<import('../suite.mjs').Group>} */
async function stdioGroup(concurrency) {
  const target = (/** @type {string} */ name, /** @type {readonly string[]} */ args) =>
    overStdio(name, args, concurrency);
  return {
    name: `stdio to stdio, ${concurrency} at a time (without the server)`,
    calls: concurrency === 1 ? 2000 : 20_000,
    anchor: await target('byte pipe', [file('byte-pipe'), 'stdio', ...rawStdio]),
    targets: [
      await target('direct (with the server)', rawStdio),
      await target('gateway, 5 + 5 plugins', [file('gateway'), 'stdio', '5', ...rawStdio]),
      await target('gateway, no plugins', [file('gateway'), 'stdio', '0', ...rawStdio]),
    ],
  };
}

export default defineSuite({
  title: 'The gateway against a byte pipe in its place, 1 KB calls, raw upstreams',
  peers: [civic, 'supergateway', 'mcp-remote'],
  async prepare({ wants, peer }) {
    // All are installed together. The others are programs, not to be loaded.
    if (wants(civic) || wants('supergateway') || wants('mcp-remote')) await peer(civic);
    const groups = [
      await httpGroup(32, wants),
      await httpGroup(1, wants),
      await stdioServerGroup(32, wants),
      await stdioClientGroup(32, wants),
      await stdioGroup(32),
      await stdioGroup(1),
    ];
    return {
      groups,
      after: (results) =>
        results.map(({ name, anchor, targets }) =>
          [`${name}, calls a second:`, ...[anchor, ...targets].map(perSecond)].join('\n  '),
        ),
      close: () => {
        for (const child of children) child.stop();
      },
    };
  },
});
