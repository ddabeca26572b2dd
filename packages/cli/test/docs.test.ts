import { describe, expect, it } from 'vitest';
import { commandSet } from '../src/command-set.js';
import { runCli } from '../src/run-cli.js';
import { recordingTerminal } from './support/recording-terminal.js';

async function help(...words: readonly string[]): Promise<string> {
  const terminal = recordingTerminal();
  await runCli([...words, '--help'], terminal);
  return `\`\`\`text\n${terminal.stdout.text.trimEnd()}\n\`\`\`\n`;
}

describe('docs/cli.md', () => {
  it('has the help of every command as it is today (npx vitest run test/docs.test.ts -u writes it anew)', async () => {
    const sections = await Promise.all(
      commandSet.map(async ({ name }) => `## mcpplugins ${name}\n\n${await help(name)}`),
    );
    const text = `# Command line\n\n${await help()}\n${sections.join('\n')}`;
    await expect(text).toMatchFileSnapshot('../../../docs/cli.md');
  });
});
