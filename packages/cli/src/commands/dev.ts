import { addExamples, type ConfigureCommand } from '../command-context.js';
import { addConfigOption } from '../guard/find-config.js';
import { readPort } from '../read-port.js';

interface DevCommandOptions {
  readonly config?: string;
  readonly build?: string;
  readonly port: number;
}

/** `mcpplugins dev` */
export const configureDev: ConfigureCommand = (command, { terminal, action }) => {
  addConfigOption(
    command
      .usage('[options] [-- COMMAND…]')
      .description(
        'Runs a plugin while you write it: builds it, puts it in front of a sample server, or of that of COMMAND, over HTTP, ' +
          'shows every decision, and starts anew when the source changes. A line on stdin calls a tool: its name, then its ' +
          'arguments as JSON. Ends when stdin does.',
      )
      .argument('[command...]', 'command of a server to use instead of the sample server'),
  )
    .option('--build <command>', "how to build (default: the script `build` of package.json; '': not at all)")
    .option('--port <port>', 'port to listen on; 0: any free one', readPort, 8809)
    .action(
      action(async (words: readonly string[], options: DevCommandOptions) => {
        const { dev } = await import('../dev/dev.js');
        return dev({ ...options, command: words }, terminal);
      }),
    );
  addExamples(
    command,
    [
      ['mcpplugins dev', 'in the folder of a plugin'],
      ["mcpplugins dev --build 'make install-dev'", 'a plugin server in Go or Rust'],
      ["echo 'echo hello' | mcpplugins dev", 'one call, then it ends'],
    ],
    'mcpplugins test, once it does what it should',
  );
};
