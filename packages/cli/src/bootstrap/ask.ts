import { createInterface } from 'node:readline/promises';
import { FrameworkError } from '@mcpplugins/framework-core';
import type { CliErrorCode } from '../errors/error-codes.js';
import type { Terminal } from '../terminal.js';
import { type TemplateName, templateNames, templates } from './templates.js';

/** Whether somebody is there to answer. */
export function canAsk({ stdin, stdout }: Terminal): boolean {
  return 'isTTY' in stdin && stdin.isTTY === true && stdout.isTTY === true;
}

/**
 * Asks for the template, by number or name, until the answer is one; enter alone is the first.
 * @throws FrameworkError `INPUT_INVALID` when the input ends
 */
export async function askTemplate(terminal: Terminal): Promise<TemplateName> {
  const list = templateNames.map(
    (name, index) => `  ${index + 1}  ${name.padEnd(10)}  ${templates[name].summary}\n`,
  );
  terminal.stdout.write(`What shall it be?\n${list.join('')}`);
  for (;;) {
    const answer = (await ask('Number or name [1]: ', terminal)) || '1';
    const chosen = templateNames.find((name, index) => name === answer || String(index + 1) === answer);
    if (chosen !== undefined) return chosen;
  }
}

/**
 * Asks for a text; enter alone is the default.
 * @throws FrameworkError `INPUT_INVALID` when the input ends
 */
export async function askText(question: string, fallback: string, terminal: Terminal): Promise<string> {
  return (await ask(`${question} [${fallback}]: `, terminal)) || fallback;
}

async function ask(question: string, { stdin, stdout }: Terminal): Promise<string> {
  const reader = createInterface({ input: stdin, output: stdout });
  const ended = new Promise<never>((_, reject) => {
    reader.once('close', () =>
      reject(
        new FrameworkError<CliErrorCode>(
          'INPUT_INVALID',
          'the input ended before the answer; --defaults asks nothing',
        ),
      ),
    );
  });
  // Closing after an answer is no end of the input.
  ended.catch(() => undefined);
  try {
    return (await Promise.race([reader.question(question), ended])).trim();
  } finally {
    reader.close();
  }
}
