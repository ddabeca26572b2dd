import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { pack } from '../pack-smoke/install.mjs';
import { inParallel } from './in-parallel.mjs';

/** @typedef {import('./packages.mjs').WorkspacePackage} WorkspacePackage */

/**
 * Packs packages and serves them on this machine as npm's registry would, so that what users type installs what is here. All
 * other packages come from where npm has them otherwise.
 *
 * @param {readonly WorkspacePackage[]} packages
 * @param {string} folder for the tarballs
 * @returns {Promise<{ env: Record<string, string>; close: () => void }>} `env`: what makes npm ask here for packages of ours
 */
export async function startLocalRegistry(packages, folder) {
  const packed = await inParallel(packages, 2, async (one) => {
    const content = readFileSync(fileURLToPath((await pack(one, folder)).replace('file:', 'file://')));
    return /** @type {const} */ ([one.manifest.name, { manifest: one.manifest, content }]);
  });
  const byName = new Map(packed);
  const server = createServer((request, response) => {
    const [, name = '', file] =
      /^\/(@[^/]+\/[^/]+)(\/.+)?$/.exec(decodeURIComponent(request.url ?? '')) ?? [];
    const found = byName.get(name);
    if (found === undefined) {
      response.writeHead(404).end('{}');
    } else if (file !== undefined) {
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(found.content);
    } else {
      const { manifest, content } = found;
      const dist = {
        tarball: `http://${request.headers.host}/${name}/package.tgz`,
        integrity: `sha512-${createHash('sha512').update(content).digest('base64')}`,
      };
      const { version } = manifest;
      const document = {
        name,
        'dist-tags': { latest: version },
        versions: { [version]: { ...manifest, dist } },
      };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document));
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    env: { 'npm_config_@mcpplugins:registry': `http://127.0.0.1:${address.port}/` },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
