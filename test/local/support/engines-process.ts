// The embedded engines in a process of their own, to be watched and killed: engines-process.ts FOLDER REGION.
// Says where it is as a line of JSON; what goes wrong inside an engine goes to stderr.
import { startEngines } from '../../../scripts/local/engines/engines.ts';

const [dataDir = '', region = ''] = process.argv.slice(2);
const warn = (line: string) => process.stderr.write(`${line}\n`);
const { endpoint } = await startEngines({ dataDir, port: 0, region, warn });
process.stdout.write(`${JSON.stringify({ endpoint, pid: process.pid })}\n`);
