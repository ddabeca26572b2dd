import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compilePattern, isConfigError, loadConfig } from '@mcpplugins/config-loader';
import { defineAdapter } from '../adapter.mjs';

const maxMs = 1000;

/** Codes that say that a text is no YAML of ours, as against YAML that is no configuration. */
const yamlCodes = /^(?:YAML|FILE)_/;

/**
 * How the generated cases come into the world; each makes the file that is loaded.
 *
 * @type {Readonly<Record<string, (file: string) => void>>}
 */
const generators = {
  'a: "x*5e6"': (file) => writeFileSync(file, `a: "${'x'.repeat(5_000_000)}"\n`),
  'a -> b -> a': (file) => {
    symlinkSync(`${file}.b`, file);
    symlinkSync(file, `${file}.b`);
  },
  mkfifo: (file) => void execFileSync('mkfifo', [file]),
};

/**
 * @typedef {{ id: string; name: string; yaml: string | null; generator: string | null; expect: string }} Hazard
 *
 * @typedef {object} Loaded
 * @property {import('@mcpplugins/config-loader').LoadedConfig} [config]
 * @property {readonly import('@mcpplugins/config-loader').Diagnostic[]} diagnostics
 * @property {number} tookMs
 */

/**
 * What must hold beyond "accepted or refused", by the name of the case.
 *
 * @type {Readonly<Record<string, (loaded: Loaded) => boolean>>}
 */
const furtherChecks = {
  'env value with braces': ({ config }) => settingsOf(config)['token'] === '${HOME}',
  'constructor.prototype': ({ config }) => Object.hasOwn(settingsOf(config), 'constructor') && !('x' in {}),
  '__proto__ map key': () => !('polluted' in {}),
  '__proto__ in plugin config': () => !('block_on_detection' in {}),
  'missing env var': ({ diagnostics }) => diagnostics.some(({ message }) => message.includes('NOPE')),
  'unknown top-level key': ({ diagnostics }) =>
    diagnostics.some(({ message }) => message.includes('"plugin"')),
  'redos user_patterns': () => !compilePattern('^(a+)+$').matches(`${'a'.repeat(50_000)}!`),
  'YAML merge key override': ({ diagnostics }) => diagnostics.some(({ code }) => code === 'YAML_UNSUPPORTED'),
};

/** @param {Loaded['config']} config */
function settingsOf(config) {
  return config?.plugins[0]?.config.config ?? {};
}

/** A folder in which the packages that the cases name are installed, so that nothing is refused for their absence. */
function makeFolder() {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'config-cases-')));
  const modules = path.join(folder, 'node_modules');
  mkdirSync(path.join(modules, 'k'), { recursive: true });
  mkdirSync(path.join(modules, '@mcpplugins'));
  const core = path.dirname(fileURLToPath(import.meta.resolve('@mcpplugins/framework-core/package.json')));
  symlinkSync(core, path.join(modules, '@mcpplugins/framework-core'), 'dir');
  writeFileSync(
    path.join(modules, 'k/package.json'),
    '{ "name": "k", "type": "module", "exports": "./index.js" }',
  );
  writeFileSync(
    path.join(modules, 'k/index.js'),
    `import { definePlugin } from '@mcpplugins/framework-core';
export default definePlugin({ name: 'k', hooks: () => ({ tool_pre_invoke: () => undefined }) });`,
  );
  return folder;
}

/**
 * @param {string} file
 * @returns {Promise<Loaded>}
 */
async function load(file) {
  const kinds = new Map([['external', () => Promise.reject(new Error('plugins are not started'))]]);
  const start = performance.now();
  try {
    const config = await loadConfig(file, { env: { TOK: '${HOME}', HOME: 'home' }, kinds });
    return { config, diagnostics: config.notices, tookMs: performance.now() - start };
  } catch (error) {
    if (!isConfigError(error)) throw error;
    return { diagnostics: error.diagnostics, tookMs: performance.now() - start };
  }
}

/**
 * @param {Hazard} hazard
 * @param {Loaded} loaded
 * @returns {string | undefined} what is wrong
 */
function problemOf({ name, expect, yaml }, loaded) {
  const { config, diagnostics, tookMs } = loaded;
  if (tookMs > maxMs) return `took ${Math.round(tookMs)} ms`;
  const mustLoad = /^(?:accept|inert|no second expansion)/.test(expect);
  const mayLoad = mustLoad || / or (?!time out)|documented/.test(expect);
  if (config === undefined && mustLoad) return `refused: ${diagnostics[0]?.message}`;
  if (config !== undefined && !mayLoad) return 'accepted';
  if (config === undefined) {
    const isPlaced = diagnostics.every(({ file, line, column }) => file !== '' && line > 0 && column > 0);
    if (diagnostics.length === 0 || !isPlaced) return 'refused without a place';
    if (yaml !== null && yaml !== '' && diagnostics.some(({ frame }) => frame === ''))
      return 'refused without a line';
  } else if (/say so/.test(expect) && diagnostics.length === 0) return 'accepted without a word';
  return furtherChecks[name]?.(loaded) === false ? 'has an effect that it must not have' : undefined;
}

/**
 * @param {string} folder
 * @param {import('../adapter.mjs').AdapterTools} tools
 */
async function checkHazards(folder, { readCases, report }) {
  for (const hazard of /** @type {Hazard[]} */ (readCases('config_hazards.jsonl'))) {
    const file = path.join(folder, `${hazard.id}.yaml`);
    const generate = hazard.generator === null ? undefined : generators[hazard.generator];
    if (hazard.yaml !== null) writeFileSync(file, hazard.yaml);
    else if (generate !== undefined) generate(file);
    else {
      report.fail(hazard.id, `this adapter does not know how to make ${hazard.generator}`);
      continue;
    }
    const problem = problemOf(hazard, await load(file));
    if (problem === undefined) report.pass();
    else report.fail(hazard.id, `${hazard.name}: expected ${hazard.expect}, ${problem}`);
  }
}

/**
 * @param {string} folder
 * @param {import('../adapter.mjs').AdapterTools} tools
 */
async function checkYamlSuite(folder, { readCases, report }) {
  const file = path.join(folder, 'suite.yaml');
  let slowestMs = 0;
  for (const { id, yaml, valid } of readCases('yaml_suite.jsonl')) {
    writeFileSync(file, yaml);
    const { diagnostics, tookMs } = await load(file);
    slowestMs = Math.max(slowestMs, tookMs);
    const codes = diagnostics.map(({ code }) => code);
    // What is valid may still be YAML that a configuration must not use; it must not be called a mistake of syntax.
    const isRight = valid ? !codes.includes('YAML_SYNTAX') : codes.some((code) => yamlCodes.test(code));
    if (isRight) report.pass();
    else
      report.fail(
        id,
        valid ? 'valid YAML was called invalid' : `invalid YAML gave ${codes.join(', ') || 'nothing'}`,
      );
  }
  report.score(`yaml suite: documents within ${maxMs} ms`, slowestMs <= maxMs ? 1 : 0, 1, { atLeast: 1 });
}

export default defineAdapter({
  title: 'Configuration hazards, and the YAML test suite',
  files: ['config_hazards.jsonl', 'yaml_suite.jsonl'],
  async run(tools) {
    const folder = makeFolder();
    try {
      await checkHazards(folder, tools);
      await checkYamlSuite(folder, tools);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});
