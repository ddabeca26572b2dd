// Prints a note: NOTES_FOLDER=/path/to/notes node src/notes.js FILE
import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compilePattern, formatDiagnostics, isConfigError, loadConfig } from '@mcpplugins/config-loader';
import { PluginManager } from '@mcpplugins/framework-core';

/** For scripts: what an exit code of this command means. */
const exitCodes = Object.freeze({ printed: 0, failed: 1, misused: 2, refused: 3 });

async function startGuard() {
  const config = await loadConfig(fileURLToPath(new URL('../plugins.yaml', import.meta.url)));
  return PluginManager.start({
    ...config,
    compilePattern,
    fires: ['resource_pre_fetch', 'resource_post_fetch'],
    supplies: [],
  });
}

/**
 * Reads a file between the two hooks of a resource: the first decides whether it is read, the second what of it is seen.
 * @param {import('@mcpplugins/framework-core').HostRequest} request
 * @param {string} uri
 */
async function readGuarded(request, uri) {
  const before = await request.invoke('resource_pre_fetch', { uri });
  if (!before.continueProcessing) return { violation: before.violation };
  const content = { contents: [{ uri, text: await readFile(new URL(uri), 'utf8') }] };
  const after = await request.invoke('resource_post_fetch', { uri, content });
  if (!after.continueProcessing) return { violation: after.violation };
  return { content: after.modifiedPayload ? after.modifiedPayload.content : content };
}

/**
 * The texts of a content in MCP's shape, which is what plugins get and give.
 * @param {unknown} content
 */
function textOf(content) {
  const { contents } = /** @type {{ contents: readonly { text?: string }[] }} */ (content);
  return contents.map(({ text = '' }) => text).join('');
}

/**
 * @param {readonly string[]} args
 * @returns the exit code
 */
async function main([file, ...rest]) {
  if (file === undefined || rest.length > 0) {
    console.error('usage: notes FILE');
    return exitCodes.misused;
  }
  const manager = await startGuard();
  const request = manager.openRequest();
  try {
    const { content, violation } = await readGuarded(request, pathToFileURL(file).href);
    if (violation !== undefined) {
      console.error(`refused by ${violation.plugin}: ${violation.reason} (${violation.code})`);
      return exitCodes.refused;
    }
    process.stdout.write(textOf(content));
    return exitCodes.printed;
  } finally {
    request.close();
    await manager.shutdown();
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(isConfigError(error) ? formatDiagnostics(error.diagnostics) : error);
  process.exitCode = exitCodes.failed;
}
