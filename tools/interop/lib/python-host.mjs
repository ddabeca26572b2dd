import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { cases } from '../cases.mjs';

/**
 * A Python host against our plugin server: all cases and a restart in the middle.
 *
 * @param {string} peer for messages
 * @param {{ python: string, script: string, config: string, framework: string, report: import('./report.mjs').Report, restart: (() => Promise<void>) | undefined }} options
 */
export async function checkPythonHost(peer, { python, script, config, framework, report, restart }) {
  const child = spawn(python, [script, config], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, INTEROP_FRAMEWORK: framework },
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr = (stderr + text).slice(-4000)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${peer} ended: ${stderr}`);
    return JSON.parse(value);
  };
  /** @param {string} hook @param {unknown} payload @param {string} request */
  const call = async (hook, payload, request) => {
    child.stdin.write(`${JSON.stringify({ hook, payload, request })}\n`);
    return next();
  };
  try {
    await next();
    for (const { hook, does, payload, modified } of cases) {
      const what = `${peer}: ${hook} ${does}`;
      const sent = toPython(hook, payload);
      const request = `${hook}-${does}`;
      const seen = await call(hook, sent, request);
      if (does === 'block') {
        report.equal(what, seen.violation, { code: 'INTEROP', reason: 'not this one', details: { n: 1 } });
      } else if (does === 'error') {
        report.equal(what, /kaboom/.test(seen.error ?? ''), true);
      } else if (does === 'state') {
        const again = await call(hook, sent, request);
        report.equal(
          what,
          [seen.metadata?.InteropPlugin?.seen ?? seen.metadata?.seen, again.state],
          [{ count: 1, mine: 1, user: 'ada' }, { count: 2 }],
        );
      } else {
        const expected = modified === undefined ? null : toPython(hook, modified);
        report.equal(
          what,
          [seen.continue_processing, withoutContent(seen.modified_payload)],
          [true, expected],
        );
      }
    }
    if (restart !== undefined) {
      await restart();
      const seen = await call('tool_pre_invoke', { name: 'proceed', args: {} }, 'after-restart');
      report.equal(`${peer}: a call after a restart`, seen.continue_processing, true);
    }
  } finally {
    child.stdin.end();
    await once(child, 'exit');
  }
}

/**
 * A payload as Python hosts build it: `prompt_id`, and one content.
 *
 * @param {string} hook
 * @param {Record<string, any>} payload
 */
function toPython(hook, { name, ...rest }) {
  if (hook.startsWith('prompt_')) return { prompt_id: name, ...rest };
  if (hook === 'resource_post_fetch') return { uri: rest['uri'], content: rest['content'].contents[0] };
  return name === undefined ? rest : { name, ...rest };
}

/** @param {any} value */
function withoutContent(value) {
  return value ?? null;
}
