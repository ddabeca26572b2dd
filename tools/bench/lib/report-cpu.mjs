// Loaded before a program: tells how much CPU time it has used whenever it is asked, by `startChild` over its channel, or over
// the unix socket that BENCH_CPU_SOCKET names when somebody else starts it.
import { createServer } from 'node:net';

const socket = process.env['BENCH_CPU_SOCKET'];

function used() {
  const { user, system } = process.cpuUsage();
  return user + system;
}

if (process.send !== undefined) {
  process.on('message', () => process.send?.(used()));
  // Being asked must not keep the program alive.
  process.channel?.unref();
  // Whoever started the program is gone.
  process.on('disconnect', () => process.exit());
} else if (socket !== undefined) {
  createServer((asking) => asking.end(String(used())))
    .listen(socket)
    .unref();
}
