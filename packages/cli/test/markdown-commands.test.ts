import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Command, CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { commandSet } from '../src/command-set.js';
import { recordingTerminal } from './support/recording-terminal.js';

const root = path.resolve(import.meta.dirname, '../../..');
const pages = [
  'README.md',
  ...readdirSync(path.join(root, 'docs')).map((name) => `docs/${name}`),
  ...['packages', 'plugins', 'examples'].flatMap((group) =>
    readdirSync(path.join(root, group)).map((name) => `${group}/${name}/README.md`),
  ),
].filter((page) => page.endsWith('.md') && page !== 'docs/cli.md');

/** Texts of pages that are there; a folder without one has none. */
function textOf(page: string): string {
  try {
    return readFileSync(path.join(root, page), 'utf8');
  } catch {
    return '';
  }
}

const isOurs = /^(?:npx (?:-y )?)?(?:mcpplugins|@mcpplugins\/cli) (.+)$/;

/** Command lines in blocks of shell, without `npx mcpplugins`. */
function commandsOf(text: string): readonly string[] {
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
  return blocks
    .flatMap((block) => block.replaceAll('\\\n', ' ').split('\n'))
    .map((line) => line.replace(/\s#.*$/, '').trim())
    .flatMap((line) => isOurs.exec(line)?.[1] ?? []);
}

/** Command lines in the text, such as `mcpplugins schema -o FILE`: often without what every call needs. */
function mentionsOf(text: string): readonly string[] {
  return [...text.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/`([^`\n]+)`/g)].flatMap(
    ([, code = '']) => isOurs.exec(code)?.[1] ?? [],
  );
}

/** Words as a shell splits them; quotes as far as the pages have them. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, plain]) => single ?? double ?? plain ?? '',
  );
}

async function createProgram(called: string | undefined): Promise<Command> {
  const program = new Command('mcpplugins').enablePositionalOptions().exitOverride().version('0');
  program.configureOutput({ writeOut: () => {}, writeErr: () => {} });
  const entry = commandSet.find(({ name }) => name === called);
  if (entry !== undefined) {
    const configure = await entry.load();
    configure(program.command(entry.name), { terminal: recordingTerminal(), action: () => async () => {} });
  }
  return program;
}

/** What commander says of a command line, without running it; undefined when it takes it. */
async function refusalOf(line: string): Promise<string | undefined> {
  const words = wordsOf(line);
  const program = await createProgram(words[0]);
  try {
    await program.parseAsync([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return ['commander.helpDisplayed', 'commander.version'].includes(error.code) ? undefined : error.message;
  }
  return undefined;
}

/** The first word that is no command, or an option that the command has not. */
async function unknownIn(line: string): Promise<string | undefined> {
  const [name = '', ...rest] = wordsOf(line);
  if (name.startsWith('-')) return refusalOf(line);
  const command = (await createProgram(name)).commands[0];
  if (command === undefined) return name;
  const own = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest;
  const flags = ['-h', '--help', ...command.options.flatMap(({ short, long }) => [short, long])];
  return own.find((word) => word.startsWith('-') && !flags.includes(word));
}

const commands = pages.flatMap((page) => commandsOf(textOf(page)).map((line) => [page, line] as const));
const mentions = pages.flatMap((page) => mentionsOf(textOf(page)).map((line) => [page, line] as const));

describe('mcpplugins in Markdown', () => {
  it.each(commands)('%s: a command line that is taken: %s', async (_page, line) => {
    expect(await refusalOf(line)).toBeUndefined();
  });

  it.each(mentions)('%s: a command and options that are there: %s', async (_page, line) => {
    expect(await unknownIn(line)).toBeUndefined();
  });

  it.each([
    ['validate --stirct', /unknown option '--stirct'/],
    ['run node server.js', /required option '-c/],
    ['frobnicate', /unknown command|too many arguments/],
  ])('would be found: %s', async (line, message) => {
    expect(await refusalOf(line)).toMatch(message);
  });

  it('would be found in a text: an unknown command or option', async () => {
    expect(await unknownIn('frobnicate')).toBe('frobnicate');
    expect(await unknownIn('schema --outptu FILE')).toBe('--outptu');
    expect(await unknownIn('run -c FILE -- node --inspect')).toBeUndefined();
  });

  it('is found: the pages have both', () => {
    expect(commands.length).toBeGreaterThan(10);
    expect(mentions.length).toBeGreaterThan(10);
  });
});
