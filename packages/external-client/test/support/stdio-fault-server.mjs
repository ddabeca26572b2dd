// A plugin server over stdio that behaves, except for the fault that it is told: by its first argument when it starts,
// by `args.fault` of a hook call later.
import { spawn } from 'node:child_process';
import { answer, hookReply } from './healthy-server.mjs';

const [, , startFault = 'none', extra] = process.argv;
const write = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
const never = () => setInterval(() => {}, 60_000);

switch (startFault) {
  case 'exit-at-once':
    process.stderr.write('cannot read plugins.yaml: no such file\n');
    process.exit(3);
    break;
  case 'usage':
    process.stdout.write('usage: server [options]\n');
    process.exit(64);
    break;
  case 'silent':
    never();
    break;
  case 'ignore-everything':
    process.on('SIGTERM', () => {});
    never();
    break;
  case 'grandchild':
    spawn(process.execPath, ['-e', 'setInterval(() => {}, 60000)'], { stdio: 'ignore' });
    break;
}

let late;
const faults = {
  exit: () => process.exit(7),
  kill: () => process.kill(process.pid, 'SIGKILL'),
  silence: () => {},
  garbage: (message) => {
    process.stdout.write('DEBUG: a log line with "quotes"\n{not json\n');
    write(hookReply(message));
  },
  'half-line': () => process.stdout.write('{"jsonrpc":"2.0","id":'),
  'wrong-id': (message) => write({ ...hookReply(message), id: 999_999 }),
  'null-result': ({ id }) => write({ jsonrpc: '2.0', id, result: null }),
  'no-id': (message) => write({ ...hookReply(message), id: undefined }),
  'both-result-and-error': (message) => write({ ...hookReply(message), error: { code: 1, message: 'x' } }),
  'content-no-array': ({ id }) => write({ jsonrpc: '2.0', id, result: { content: 'x' } }),
  'rpc-error': ({ id }) => write({ jsonrpc: '2.0', id, error: { code: -32000, message: 'no memory' } }),
  'is-error': ({ id }) =>
    write({
      jsonrpc: '2.0',
      id,
      result: { isError: true, content: [{ type: 'text', text: 'Unknown tool: x' }] },
    }),
  'three-times': (message) => {
    for (let times = 0; times < 3; times++) write(hookReply(message));
  },
  'keep-for-later': (message) => {
    late = hookReply(message, { modified_payload: { name: 'echo', args: { stale: true } } });
  },
  'send-late': (message) => {
    write(late);
    write(hookReply(message));
  },
  sampling: (message) => {
    write({ jsonrpc: '2.0', id: 's1', method: 'sampling/createMessage', params: {} });
    sampled = message;
  },
  'many-notifications': (message) => {
    const one = `${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info' } })}\n`;
    process.stdout.write(one.repeat(50_000));
    write(hookReply(message));
  },
  'huge-line': (message) => {
    write(hookReply(message, { metadata: { text: 'x'.repeat(11 * 1024 * 1024) } }));
  },
  deep: (message) => {
    const reply = JSON.stringify(hookReply(message, { metadata: { deep: 'HERE' } }));
    process.stdout.write(`${reply.replace('\\"HERE\\"', '['.repeat(20_000) + ']'.repeat(20_000))}\n`);
  },
  prototype: (message) => {
    const reply = JSON.stringify(hookReply(message, { metadata: 'HERE' }));
    process.stdout.write(
      `${reply.replace('\\"HERE\\"', '{\\"__proto__\\":{\\"polluted\\":1},\\"constructor\\":{\\"prototype\\":{\\"polluted\\":1}}}')}\n`,
    );
  },
  'blocked-loop': () => {
    for (;;);
  },
  'stderr-flood': (message) => {
    for (let times = 0; times < 200; times++) process.stderr.write('e'.repeat(10_000));
    write(hookReply(message));
  },
  environment: (message) => write(hookReply(message, { metadata: { names: Object.keys(process.env) } })),
  pid: (message) => write(hookReply(message, { metadata: { pid: process.pid } })),
};
let sampled;

let buffer = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (chunk) => {
  buffer += chunk;
  for (let end = buffer.indexOf('\n'); end !== -1; end = buffer.indexOf('\n')) {
    const message = JSON.parse(buffer.slice(0, end));
    buffer = buffer.slice(end + 1);
    receive(message);
  }
});
if (!['ignore-everything', 'silent'].includes(startFault)) process.stdin.on('end', () => process.exit(0));

function receive(message) {
  if (startFault === 'silent') return;
  if (sampled !== undefined && message.id === 's1') {
    write(hookReply(sampled, { metadata: { refusedWith: message.error?.code } }));
    return;
  }
  const fault = faults[message.params?.arguments?.payload?.args?.fault];
  if (fault !== undefined) fault(message);
  else {
    const reply = answer(message, { fault: startFault, extra });
    if (reply !== undefined) write(reply);
  }
}
