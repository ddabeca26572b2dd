// The gateway as the suite meets it: `gateway.mjs CONFIGURATION UPSTREAM`, where the upstream is a URL or `stdio`. Prints its URL.
import { openConfiguration } from './configurations.mjs';
import { openGateway } from './open-gateway.mjs';

const [configuration = '', upstream = ''] = process.argv.slice(2);
const gateway = await openGateway(await openConfiguration(configuration), upstream);
process.stdout.write(`${gateway.url}\n`);
process.once('SIGTERM', () => void gateway.close());
