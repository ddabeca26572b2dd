import path from 'node:path';
import { buildJsonSchema, installedPlugins, schemaComment } from '@mcpplugins/config-loader';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { styleFor } from '../output/style.js';
import { printable, writeJson } from '../output/write.js';
import { writeOutput } from '../output/write-file.js';
import type { Terminal } from '../terminal.js';

/** What `schema` takes. */
export interface SchemaOptions {
  readonly output?: string | undefined;
  readonly pluginDirs: readonly string[];
  readonly json: boolean;
}

/**
 * Writes or prints the JSON Schema of a configuration in the current folder.
 * @throws FrameworkError `OUTPUT_UNWRITABLE`
 */
export async function schema(options: SchemaOptions, terminal: Terminal): Promise<ExitCode> {
  const { output, pluginDirs, json } = options;
  const { plugins, failures } = await installedPlugins({ directory: terminal.cwd, pluginDirs });
  const document = buildJsonSchema({ plugins });
  const style = styleFor(terminal.stderr, terminal.env);
  for (const { kind, reason } of failures) {
    terminal.stderr.write(`${style.yellow('warning')}: without ${printable(kind)}: ${printable(reason)}\n`);
  }
  if (output === undefined) {
    writeJson(terminal.stdout, document);
    return exitCodes.ok;
  }
  writeOutput(output, `${JSON.stringify(document, undefined, 2)}\n`, terminal, { force: true });
  const kinds = plugins.map(({ kind }) => kind);
  if (json) writeJson(terminal.stdout, { ok: true, output, plugins: kinds, failures });
  else {
    const names =
      kinds.length === 0 ? 'no plugin: none is installed here' : `the settings of ${kinds.join(', ')}`;
    terminal.stdout.write(
      `${output} is written, with ${printable(names)}\n\nFirst line of the configuration:\n#${schemaComment(path.isAbsolute(output) ? output : `./${output}`)}\n`,
    );
  }
  return exitCodes.ok;
}
