// Our host against plugin servers of others, and their hosts against our plugin server.
//   npm run test:interop              cpex from PyPI, and our servers in Python, Go and Rust
//   npm run test:interop -- --all     and older releases of ContextForge, which are large
import { checkExamples } from './lib/check-examples.mjs';
import { checkPeer } from './lib/check-peer.mjs';
import { installedVersions, pythonEnvironment } from './lib/python-environment.mjs';
import { Report } from './lib/report.mjs';
import { olderPeers, peers } from './peers.mjs';

const report = new Report();
for (const peer of process.argv.includes('--all') ? [...peers, ...olderPeers] : peers) {
  const python = pythonEnvironment(peer.name.replaceAll(/[^\w.]+/g, '-'), peer.packages);
  console.log(`${peer.name}: ${installedVersions(python, peer.versions)}`);
  await checkPeer({ peer, python, report });
}
await checkExamples(report);
process.exitCode = report.finish() ? 0 : 1;
