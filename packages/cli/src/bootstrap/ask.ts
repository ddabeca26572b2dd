import { createInterface } from 'node:readline/promises';
import type { Terminal } from '../terminal.js';
import { type TemplateName, templateNames, templates } from './templates.js';

/** Whether somebody is there to answer. */
export function canAsk({ stdin, stdout }: Terminal): boolean {
  return 'isTTY' in stdin && stdin.isTTY === true && stdout.isTTY === true;
}

/** Asks for the template, by number or name, until the answer is one; enter alone is the first. */
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

/** Asks for a text; enter alone is the default. */
export async function askText(question: string, fallback: string, terminal: Terminal): Promise<string> {
  return (await ask(`${question} [${fallback}]: `, terminal)) || fallback;
}

async function ask(question: string, { stdin, stdout }: Terminal): Promise<string> {
  const reader = createInterface({ input: stdin, output: stdout });
  try {
    return (await reader.question(question)).trim();
  } finally {
    reader.close();
  }
}
