import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(import.meta.dirname, '../..');
const fixture = join(import.meta.dirname, 'fixture');
const run = promisify(execFile);

/**
 * @typedef {{ rules: Record<string, unknown>; overrides: { files: string[]; rules: Record<string, unknown> }[]; options?: object; ignorePatterns?: string[] }} LintConfig
 * @typedef {{ file: string; rule: string; message: string; line: number }} Finding
 */

/**
 * The rules that the packages are linted with.
 *
 * @returns {LintConfig}
 */
export function loadLintConfig() {
  return JSON.parse(readFileSync(join(root, '.oxlintrc.json'), 'utf8'));
}

/**
 * What one fixture file promises: its first line is `// must pass` or `// must fail: <rule>[: <message>]`, and every
 * later line is one import.
 *
 * @param {string} file
 * @returns {{ file: string; rule: string | undefined; message: string | undefined; lines: string[] }}
 */
function readFixture(file) {
  const [head = '', ...lines] = readFileSync(join(fixture, file), 'utf8').trimEnd().split('\n');
  const match = /^\/\/ must (?:pass|fail: ([a-z-]+)(?:: (.+))?)$/.exec(head);
  if (!match)
    throw new Error(`${file}: the first line must be "// must pass" or "// must fail: <rule>: <message>"`);
  return { file, rule: match[1], message: match[2], lines };
}

/** Every fixture file with what it promises. */
export function readFixtures() {
  return readdirSync(fixture, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFixture(relative(fixture, join(entry.parentPath, entry.name))))
    .toSorted((a, b) => a.file.localeCompare(b.file));
}

/**
 * Lints the fixture, laid out like the repository, with `config`, and for errors only as the packages do: a rule set to
 * warn is a rule switched off. Type-aware rules need a program; import rules do not.
 *
 * @param {LintConfig} config
 * @returns {Promise<Finding[]>}
 */
async function lint(config) {
  const folder = mkdtempSync(join(tmpdir(), 'boundary-canary-'));
  try {
    cpSync(fixture, folder, { recursive: true });
    const derived = { ...config, options: { ...config.options, typeAware: false }, ignorePatterns: [] };
    writeFileSync(join(folder, '.oxlintrc.json'), JSON.stringify(derived));
    const oxlint = join(root, 'node_modules/.bin/oxlint');
    const args = ['--config', '.oxlintrc.json', '--quiet', '--format', 'json', '.'];
    const { stdout } = await run(oxlint, args, { cwd: folder }).catch((error) => {
      if (typeof error.stdout === 'string' && error.stdout.includes('"diagnostics"')) return error;
      throw new Error(`oxlint did not run: ${error.stdout || error.stderr || error.message}`, {
        cause: error,
      });
    });
    return JSON.parse(stdout).diagnostics.map(toFinding);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {{ code: string; help?: string; filename: string; labels: { span: { line: number } }[] }} diagnostic */
function toFinding({ code, help, filename, labels }) {
  return {
    file: filename,
    rule: /\((.+)\)/.exec(code)?.[1] ?? code,
    message: help ?? '',
    line: labels[0]?.span.line ?? 0,
  };
}

/**
 * Lints the fixture and compares it with what its files promise: each import of a `must fail` file is reported by exactly
 * its rule, and nothing else is reported anywhere.
 *
 * @param {LintConfig} config
 * @returns {Promise<string[]>} one sentence for each promise that is not kept; empty when every rule is alive
 */
export async function findDeadRules(config) {
  const findings = await lint(config);
  const problems = [];
  for (const { file, rule, message, lines } of readFixtures()) {
    const here = findings.filter((finding) => finding.file === file);
    const wanted = here.filter((f) => f.rule === rule && (message === undefined || f.message === message));
    for (const other of here.filter((finding) => !wanted.includes(finding)))
      problems.push(`${file}:${other.line}: unexpected ${other.rule}: ${other.message}`);
    if (rule === undefined) continue;
    for (const [index, source] of lines.entries())
      if (!wanted.some((finding) => finding.line === index + 2))
        problems.push(`${file}:${index + 2}: ${rule} lets this through: ${source}`);
  }
  return problems;
}

/**
 * Every way to switch off one boundary rule: each place of `.oxlintrc.json` that sets one, set to off, and each
 * pattern of each `no-restricted-imports`, taken out.
 *
 * @param {LintConfig} config
 * @returns {{ name: string; config: LintConfig }[]}
 */
export function switchOffEach(config) {
  const places = [
    { name: 'rules', at: /** @type {(c: LintConfig) => LintConfig['rules']} */ ((c) => c.rules) },
  ];
  for (const [index, { files }] of config.overrides.entries())
    places.push({ name: `overrides[${index}] (${files[0]})`, at: (c) => c.overrides[index]?.rules ?? {} });
  const variants = [];
  for (const { name, at } of places) {
    for (const rule of [
      'no-restricted-imports',
      'typescript/consistent-type-imports',
      'unicorn/prefer-node-protocol',
    ]) {
      const setting = at(config)[rule];
      if (setting === undefined) continue;
      const off = structuredClone(config);
      at(off)[rule] = 'off';
      variants.push({ name: `${name} ${rule} off`, config: off });
      for (const index of patternsOf(setting).keys()) {
        const without = structuredClone(config);
        patternsOf(at(without)[rule]).splice(index, 1);
        variants.push({ name: `${name} ${rule} without pattern ${index}`, config: without });
      }
    }
  }
  return variants;
}

/**
 * @param {unknown} setting
 * @returns {unknown[]}
 */
function patternsOf(setting) {
  return Array.isArray(setting) && Array.isArray(setting[1]?.patterns) ? setting[1].patterns : [];
}
