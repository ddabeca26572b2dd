import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FrameworkError } from '@mcpplugins/framework-core';
import type { CliErrorCode } from '../errors/error-codes.js';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { styleFor } from '../output/style.js';
import { writeJson } from '../output/write.js';
import type { Terminal } from '../terminal.js';
import { askTemplate, askText, canAsk } from './ask.js';
import { parsePluginName } from './plugin-name.js';
import { type RenderedFile, renderTemplate } from './render.js';
import { type TemplateName, templates } from './templates.js';

/** What `bootstrap` takes. */
export interface BootstrapOptions {
  /** Folder to make. */
  readonly destination: string;
  /** Default: asked for on a terminal, otherwise the last part of the destination. */
  readonly name?: string | undefined;
  /** Default: asked for on a terminal, otherwise `native`. */
  readonly template?: TemplateName | undefined;
  readonly author?: string | undefined;
  /** Whether to ask nothing. */
  readonly defaults: boolean;
  /** Whether to write nothing. */
  readonly dryRun: boolean;
  readonly json: boolean;
}

/**
 * Makes a plugin of one's own from a template, and says how to go on.
 * @throws FrameworkError `PLUGIN_NAME_INVALID`, `DESTINATION_NOT_EMPTY`, `OUTPUT_UNWRITABLE`
 */
export async function bootstrap(options: BootstrapOptions, terminal: Terminal): Promise<ExitCode> {
  const { destination, author, dryRun, json } = options;
  const folder = path.resolve(terminal.cwd, destination);
  checkEmpty(folder, destination);
  const mayAsk = !options.defaults && !json && canAsk(terminal);
  const template = options.template ?? (mayAsk ? await askTemplate(terminal) : 'native');
  const proposed = path.basename(folder);
  const name = options.name ?? (mayAsk ? await askText('Name', proposed, terminal) : proposed);
  const files = renderTemplate(template, { names: parsePluginName(name), author });
  if (!dryRun) writeFiles(folder, files);
  const next = nextCommands(template, destination);
  const paths = files.map((file) => file.path);
  if (json) writeJson(terminal.stdout, { ok: true, destination, name, template, files: paths, next });
  else {
    const style = styleFor(terminal.stdout, terminal.env);
    const done = `${name} (${template}: ${templates[template].summary}) ${dryRun ? 'would be' : 'is'} in ${destination}`;
    terminal.stdout.write(
      `${style.green(done)}\n${paths.map((file) => `  ${file}\n`).join('')}\nNext:\n${next.map((line) => `  ${line}\n`).join('')}`,
    );
  }
  return exitCodes.ok;
}

function nextCommands(template: TemplateName, destination: string): readonly string[] {
  const folder = /^[\w./-]+$/.test(destination)
    ? destination
    : `'${destination.replaceAll("'", String.raw`'\''`)}'`;
  return [...(path.normalize(destination) === '.' ? [] : [`cd ${folder}`]), ...templates[template].next];
}

/** A new repository is as good as empty. */
function checkEmpty(folder: string, shown: string): void {
  let names: readonly string[];
  try {
    names = readdirSync(folder).filter((name) => name !== '.git');
  } catch (cause) {
    if ((cause as { readonly code?: unknown }).code === 'ENOENT') return;
    throw new FrameworkError<CliErrorCode>('OUTPUT_UNWRITABLE', `${shown} cannot be used as a folder`, {
      cause,
    });
  }
  if (names.length === 0) return;
  const some = names.slice(0, 3).join(', ');
  throw new FrameworkError<CliErrorCode>(
    'DESTINATION_NOT_EMPTY',
    `${shown} is not empty: it has ${some}${names.length > 3 ? ', …' : ''}; nothing was written`,
  );
}

function writeFiles(folder: string, files: readonly RenderedFile[]): void {
  for (const { path: name, text } of files) {
    const file = path.join(folder, name);
    try {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text, { flag: 'wx' });
    } catch (cause) {
      throw new FrameworkError<CliErrorCode>('OUTPUT_UNWRITABLE', `${file} cannot be written`, { cause });
    }
  }
}
