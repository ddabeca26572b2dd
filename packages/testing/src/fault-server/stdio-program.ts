// A plugin server over stdio that behaves, except for the fault that it is told: by its first argument when it starts, by `args.fault`
// of a hook call later.
import { spawn } from 'node:child_process';
import { faultOf, healthyAnswer, type HostMessage, hookReply } from './healthy-answers.js';
import { answerRefusal, type FaultChannel, streamFaults } from './stream-faults.js';

const [, , startFault = 'none', version] = process.argv;
const never = (): unknown => setInterval(() => {}, 60_000);

const channel: FaultChannel = {
  kept: undefined,
  asked: undefined,
  send: (message) => channel.sendText(JSON.stringify(message)),
  sendText: (text) => void process.stdout.write(`${text}\n`),
  sendHalf: (text) => void process.stdout.write(text),
  sendHuge(bytes) {
    const chunk = 'x'.repeat(65_536);
    let left = bytes;
    const more = (): void => {
      for (; left > 0; left -= chunk.length) {
        if (!process.stdout.write(chunk)) {
          left -= chunk.length;
          process.stdout.once('drain', more);
          return;
        }
      }
      process.stdout.write('\n');
    };
    more();
  },
  sendSlowly: () => void setInterval(() => process.stdout.write(' '), 20),
  end: () => process.exit(7),
  cut: () => process.kill(process.pid, 'SIGKILL'),
};

type OwnFault = (message: HostMessage) => void;
const ownFaults: Readonly<Record<string, OwnFault>> = {
  'blocked-loop': () => {
    for (;;);
  },
  'stderr-flood': (message) => {
    for (let times = 0; times < 200; times++) process.stderr.write('e'.repeat(10_000));
    channel.send(hookReply(message));
  },
  environment: (message) =>
    channel.send(hookReply(message, { metadata: { names: Object.keys(process.env) } })),
};

function receive(message: HostMessage): void {
  if (startFault === 'silent' || answerRefusal(message, channel)) return;
  const fault = faultOf(message);
  const misbehave = ownFaults[fault] ?? streamFaults[fault];
  if (misbehave !== undefined) {
    misbehave(message, channel);
    return;
  }
  const answer = healthyAnswer(message, { fault: startFault, version });
  if (answer !== undefined) channel.send(answer);
}

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
  default:
}

let buffer = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (chunk: string) => {
  buffer += chunk;
  for (let end = buffer.indexOf('\n'); end !== -1; end = buffer.indexOf('\n')) {
    const message = JSON.parse(buffer.slice(0, end)) as HostMessage;
    buffer = buffer.slice(end + 1);
    receive(message);
  }
});
if (!['ignore-everything', 'silent'].includes(startFault)) process.stdin.on('end', () => process.exit(0));
