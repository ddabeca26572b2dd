import { Agent, request as httpRequest } from 'node:http';

/** An argument that makes a call 1 KB. */
const message = 'x'.repeat(900);
let lastId = 0;

function nextCall() {
  lastId++;
  return `{"jsonrpc":"2.0","id":${lastId},"method":"tools/call","params":{"name":"echo","arguments":{"message":"${message}"}}}`;
}

const clientInfo = { name: 'bench', version: '1' };
const opening = JSON.stringify({
  jsonrpc: '2.0',
  id: 'open',
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo },
});
const opened = '{"jsonrpc":"2.0","method":"notifications/initialized"}';

/** @param {string} text */
function check(text) {
  const { result } = JSON.parse(text);
  if (result?.content?.[0]?.text !== message) throw new Error(`a call failed: ${text.slice(0, 200)}`);
}

/**
 * Makes calls over HTTP, so many at a time. A call that fails fails the measurement.
 *
 * @param {string} url
 * @param {number} concurrency
 */
export async function createHttpCaller(url, concurrency) {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  /** @type {Record<string, string>} */
  const session = {};
  /** @param {string} body @returns {Promise<{ text: string; headers: import('node:http').IncomingHttpHeaders }>} */
  const post = (body) =>
    new Promise((resolve, reject) => {
      const headers = {
        accept: 'application/json, text/event-stream',
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        ...session,
      };
      const request = httpRequest(url, { method: 'POST', agent, headers }, (response) => {
        /** @type {Buffer[]} */
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => {
          const text = String(Buffer.concat(chunks));
          const isStream = response.headers['content-type']?.startsWith('text/event-stream') === true;
          resolve({ text: isStream ? lastData(text) : text, headers: response.headers });
        });
      });
      request.on('error', reject);
      request.end(body);
    });
  const { headers } = await post(opening);
  const id = headers['mcp-session-id'];
  if (typeof id === 'string') session['mcp-session-id'] = id;
  await post(opened);
  /** @param {number} calls */
  return async (calls) => {
    let left = calls;
    const work = async () => {
      while (left-- > 0) check((await post(nextCall())).text);
    };
    await Promise.all(Array.from({ length: concurrency }, work));
  };
}

/** The data of the last event of a stream. @param {string} text */
function lastData(text) {
  const lines = text.split('\n').filter((line) => line.startsWith('data:'));
  return (lines.at(-1) ?? '').slice('data:'.length);
}

/**
 * Makes calls over the standard streams of a process, so many at a time.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} concurrency
 * @returns {Promise<(calls: number) => Promise<void>>}
 */
export async function createStdioCaller({ stdin, stdout }, concurrency) {
  let rest = '';
  /** @type {(lines: readonly string[]) => void} */
  let onLines = () => {};
  stdout?.setEncoding('utf8').on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    onLines(lines);
  });
  await new Promise((resolve) => {
    onLines = resolve;
    stdin?.write(`${opening}\n`);
  });
  stdin?.write(`${opened}\n`);
  return (calls) =>
    new Promise((resolve, reject) => {
      let sent = 0;
      let answered = 0;
      /** @param {number} count */
      const send = (count) => {
        let text = '';
        for (let index = 0; index < count && sent < calls; index++, sent++) text += `${nextCall()}\n`;
        if (text !== '') stdin?.write(text);
      };
      onLines = (lines) => {
        try {
          for (const line of lines) check(line);
        } catch (error) {
          reject(error);
        }
        answered += lines.length;
        if (answered === calls) resolve();
        else send(lines.length);
      };
      send(concurrency);
    });
}
