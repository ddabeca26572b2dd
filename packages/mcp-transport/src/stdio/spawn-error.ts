import { statSync } from 'node:fs';
import { TransportError } from '../errors/transport-error.js';

/** Says why a child process could not be started. The system reports a missing `cwd` as a missing command. */
export function toSpawnError(
  error: unknown,
  { command, cwd }: { readonly command: string; readonly cwd?: string | undefined },
): TransportError {
  if (cwd !== undefined && !isDirectory(cwd)) {
    return new TransportError(
      'WORKING_DIRECTORY_NOT_FOUND',
      `the working directory "${cwd}" does not exist`,
      {
        cause: error,
      },
    );
  }
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (code === 'ENOENT') {
    return new TransportError(
      'COMMAND_NOT_FOUND',
      `there is no command "${command}": check its spelling and the PATH, or give its whole path`,
      { cause: error },
    );
  }
  if (code === 'EACCES') {
    return new TransportError(
      'COMMAND_NOT_EXECUTABLE',
      `"${command}" may not be executed: make it executable, or start it with its interpreter`,
      { cause: error },
    );
  }
  return new TransportError(
    'SPAWN_FAILED',
    `"${command}" could not be started: ${String(message ?? error)}`,
    {
      cause: error,
    },
  );
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
