// What a client gets through the gateway, against what it gets directly: the same, and with guards that change answers, the same
// but for exactly the paths that the decision records name.
import { allGuards, openConfiguration } from './configurations.mjs';
import { conversation } from './conversation.mjs';
import { openGateway } from './open-gateway.mjs';

/** @typedef {Awaited<ReturnType<typeof conversation>>} Conversation */

/** The configuration whose guards change answers. */
export const redacting = 'redacting';

/** Words of the fixture's own texts, and of no name or URI. */
const redacted = [
  'testing',
  'intentionally',
  'analyze',
  'Data for',
  'is the content',
  'Please check',
  "User's email",
].map((word) => ({ word, action: 'redact' }));

/** Hooks on which they change something. */
const hooksToChange = [
  'tool_post_invoke',
  'prompt_post_fetch',
  'resource_post_fetch',
  'elicitation_pre_create',
];

/**
 * Compares a conversation through the gateway with one without it, and prints what is not as it must be.
 *
 * @param {string} fixtureUrl
 * @param {string} configuration
 * @param {string} upstream a URL or `stdio`
 * @returns {Promise<boolean>} whether all is well
 */
export async function compare(fixtureUrl, configuration, upstream) {
  /** @type {{ hook: string, path: string }[]} */
  const recorded = [];
  const observer = {
    /** @param {readonly import('@mcpplugins/framework-core').DecisionRecord[]} records */
    onDecisions(records) {
      for (const { hook, changedPaths } of records)
        for (const path of changedPaths) recorded.push({ hook, path: inMessage(hook, path) });
    },
  };
  const opened =
    configuration === redacting
      ? { plugins: allGuards(redacted), close: async () => {} }
      : await openConfiguration(configuration);
  const gateway = await openGateway(opened, upstream, { observers: [observer] });
  const direct = await conversation(fixtureUrl);
  const guarded = await conversation(gateway.url);
  await gateway.close();

  const found = differences(direct, guarded);
  const problems = configuration === redacting ? findUnchanged(recorded) : [];
  const paths = recorded.map(({ path }) => path).toSorted();
  if (JSON.stringify(found) !== JSON.stringify(paths))
    problems.push(`differences  ${JSON.stringify(found)}`, `as recorded  ${JSON.stringify(paths)}`);
  const name = `differential ${configuration}, ${upstream === 'stdio' ? 'stdio' : 'http'}`;
  console.log(
    `${name.padEnd(36)} ${Object.keys(direct.answers).length} answers, ${direct.unasked.length} other messages, ${found.length} differences: ` +
      (problems.length === 0 ? 'exactly those recorded' : 'FAILED'),
  );
  for (const problem of problems) console.log(`  ${problem}`);
  return problems.length === 0;
}

/** @param {readonly { hook: string }[]} recorded */
function findUnchanged(recorded) {
  return hooksToChange
    .filter((hook) => !recorded.some((record) => record.hook === hook))
    .map((hook) => `nothing was changed on ${hook}`);
}

/**
 * The path in the message, for a path in the payload of a hook.
 *
 * @param {string} hook
 * @param {string} path
 */
function inMessage(hook, path) {
  return hook === 'resource_post_fetch' ? path.replace(/^\/content/, '/result') : path;
}

/**
 * Paths within messages at which two conversations differ, sorted.
 *
 * @param {Conversation} left
 * @param {Conversation} right
 */
function differences(left, right) {
  const answers = Object.entries(left.answers).flatMap(([name, answer]) =>
    pathsOfChange(answer, right.answers[name]),
  );
  if (left.unasked.length !== right.unasked.length) return ['unasked messages'];
  const unasked = left.unasked.flatMap((message, index) => pathsOfChange(message, right.unasked[index]));
  return [...answers, ...unasked].toSorted();
}

/**
 * JSON pointers of what differs; an array of another length is one difference.
 *
 * @param {unknown} left
 * @param {unknown} right
 * @param {string} [at]
 * @returns {string[]}
 */
function pathsOfChange(left, right, at = '') {
  if (Object.is(left, right)) return [];
  if (Array.isArray(left) && Array.isArray(right) && left.length !== right.length) return [at];
  if (!isObject(left) || !isObject(right) || Array.isArray(left) !== Array.isArray(right)) return [at];
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].flatMap((key) =>
    pathsOfChange(left[key], right[key], `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isObject(value) {
  return typeof value === 'object' && value !== null;
}
