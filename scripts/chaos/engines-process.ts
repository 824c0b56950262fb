// The embedded engines as a process of their own, so that chaos can kill them: engines-process.ts FOLDER PORT REGION.
import { startEngines } from '../local/engines/engines.ts';

const [dataDir = '', port = '', region = ''] = process.argv.slice(2);
const warn = (line: string) => process.stderr.write(`${line}\n`);
await startEngines({ dataDir, port: Number(port), region, warn });
process.stdout.write('ready\n');
// Whoever started this process holds its input; an orphan ends.
process.stdin.resume().once('end', () => process.exit());
