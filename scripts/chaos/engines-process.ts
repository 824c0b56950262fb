// The embedded engines as a process of their own, so that chaos can kill them: engines-process.ts FOLDER PORT REGION.
import { localCredentials } from '../local/credentials.ts';
import { startEngines } from '../local/engines/engines.ts';

const [dataDir = '', port = '', region = ''] = process.argv.slice(2);
await startEngines({ dataDir, port: Number(port), region, credentials: localCredentials });
process.stdout.write('ready\n');
// Whoever started this process holds its input; an orphan ends.
process.stdin.resume().once('end', () => process.exit());
