// Lints a fixture that breaks every import rule, with the real rules: a rule that lets its fixture through is dead.
//   node tools/boundary-canary/run.mjs              the rules are alive (exit 0), or which are not (exit 1)
//   node tools/boundary-canary/run.mjs --mutate     also: the canary notices when any one of them is switched off
import { findDeadRules, loadLintConfig, readFixtures, switchOffEach } from './canary.mjs';

const config = loadLintConfig();
const problems = await findDeadRules(config);

if (process.argv.includes('--mutate'))
  for (const variant of switchOffEach(config)) {
    const noticed = (await findDeadRules(variant.config)).length;
    console.log(`${String(noticed).padStart(3)} noticed  ${variant.name}`);
    if (noticed === 0)
      problems.push(`${variant.name}: the fixture has no import that only this pattern forbids`);
  }

for (const problem of problems) console.error(problem);
console.log(
  problems.length === 0
    ? `boundary canary: all import rules hold on ${readFixtures().length} files`
    : `boundary canary: ${problems.length} problems; see the import rules in .oxlintrc.json`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
