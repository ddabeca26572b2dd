import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../lib/run-command.mjs';
import { normalise } from './normalise.mjs';

const maxCommands = 6;

/**
 * Types the commands of a journey in a new empty folder and gives back the page that tells of it.
 *
 * @param {import('./journeys.mjs').Journey} journey
 * @param {string} parent folder
 * @param {Record<string, string>} env
 * @returns {Promise<string>}
 */
export async function takeJourney({ title, introduction, steps, end, page, maxSeconds }, parent, env) {
  if (steps.length > maxCommands)
    throw new Error(`${page}: ${steps.length} commands, at most ${maxCommands}`);
  let cwd = mkdtempSync(join(parent, 'empty-'));
  const parts = [`# ${title}`, introduction];
  const start = performance.now();
  for (const { text, command, shows, isQuiet = false } of steps) {
    if (text !== '') parts.push(text);
    const [, folder] = /^cd (\S+)$/.exec(command) ?? [];
    if (folder !== undefined) cwd = join(cwd, folder);
    // Not `sh`: some shells drop variables whose names are no identifiers, as that of a scope's registry.
    const output =
      folder === undefined
        ? await runCommand(['bash', '-c', command], { cwd, env: { ...process.env, ...env, ...quiet } })
        : '';
    if (shows !== undefined && !output.includes(shows))
      throw new Error(`${page}: \`${command}\` does not show "${shows}":\n${output}`);
    const shown = isQuiet ? '' : `\n${normalise(output, cwd)}`;
    parts.push(`\`\`\`text\n$ ${command}${shown}\n\`\`\``);
  }
  const seconds = (performance.now() - start) / 1000;
  console.log(`${page}: ${steps.length} commands, ${seconds.toFixed(1)} s`);
  if (maxSeconds !== undefined && seconds > maxSeconds)
    throw new Error(`${page}: ${seconds.toFixed(1)} s, at most ${maxSeconds}`);
  return `${[...parts, end].join('\n\n')}\n`;
}

/** No colour, and nothing of npm itself that is not asked for. */
const quiet = {
  NO_COLOR: '1',
  FORCE_COLOR: '0',
  CI: 'true',
  npm_config_update_notifier: 'false',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_prefer_offline: 'true',
};
