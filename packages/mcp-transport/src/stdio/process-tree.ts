import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';

/**
 * Signals a child and all that it started. On POSIX the child leads a process group of its own, which outlives it.
 * Answers whether there was something left to signal.
 */
export function signalProcessTree(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' | 0): boolean {
  if (child.pid === undefined) return false;
  if (process.platform === 'win32') return signalWindowsTree(child, child.pid, signal);
  try {
    process.kill(-child.pid, signal);
    return true;
  } catch {
    return false;
  }
}

function signalWindowsTree(child: ChildProcess, pid: number, signal: 'SIGTERM' | 'SIGKILL' | 0): boolean {
  const alive = child.exitCode === null && child.signalCode === null;
  if (alive && signal !== 0) {
    const killer = spawn('taskkill', ['/pid', String(pid), '/T', '/F'], {
      stdio: 'ignore',
      windowsHide: true,
    });
    killer.once('error', () => child.kill());
  }
  return alive;
}

const pollMs = 20;

/**
 * Ends what an exited child left behind in its process group: SIGTERM, and after `graceMs` SIGKILL. Resolves when nothing
 * is left, and a second after SIGKILL in any case: a zombie that nobody collects cannot be ended.
 */
export async function endProcessGroup(child: ChildProcess, graceMs: number): Promise<void> {
  if (!signalProcessTree(child, 'SIGTERM')) return;
  if (await isGoneWithin(child, graceMs)) return;
  signalProcessTree(child, 'SIGKILL');
  await isGoneWithin(child, 1000);
}

function isGoneWithin(child: ChildProcess, milliseconds: number): Promise<boolean> {
  const end = performance.now() + milliseconds;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const gone = !signalProcessTree(child, 0);
      if (!gone && performance.now() < end) return;
      clearInterval(timer);
      resolve(gone);
    }, pollMs);
  });
}
