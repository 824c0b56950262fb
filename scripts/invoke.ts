// npm run invoke: runs one function on one event against the laptop, in this process, where a debugger reaches it.
import { loadFunction } from './invoke/function.ts';
import { listSampleEvents, readEvent } from './invoke/sample-events.ts';
import { startLaptopCloud } from './local/cloud.ts';
import { localCredentials } from './local/credentials.ts';
import { loopbackHost, readSettings } from './local/settings.ts';
import {
  OperatorError,
  parseOptions,
  print,
  printJson,
  runTool,
  UsageError,
} from './operations/command-line.ts';

const help = `Usage: npm run invoke -- FUNCTION EVENT [--json]

Runs FUNCTION, a key of serverless.yml, on EVENT, a case below events/ or any JSON file, against the laptop cloud
that \`npm start\` runs (or against AWS_ENDPOINT_URL). The function's code is the work tree's; its queues, table,
topics and buckets are the laptop's. Without EVENT, lists the cases there are.

  npm run invoke -- renditions created
  npm run invoke -- createUpload too-large --json

  --json      print only the function's answer to stdout, as JSON; its log goes to stderr
  -h, --help  this text

Exit codes: 0 the function answered, 1 it threw, 2 the command was not understood.`;

async function invoke(functionKey: string, event: unknown): Promise<unknown> {
  const { remote, awsPort, dataDir } = readSettings('darkroom');
  const endpoint = remote?.endpoint ?? `http://${loopbackHost}:${awsPort}`;
  const credentials = remote?.credentials ?? localCredentials;
  await fetch(endpoint).catch((cause: unknown) => {
    throw new OperatorError(`Nothing answers at ${endpoint}. Is \`npm start\` running?`, { cause });
  });
  // Provisioning what is there already changes nothing, and tells every name that the function needs.
  const cloud = await startLaptopCloud({ dataDir, awsPort, remote: { endpoint, credentials } });
  try {
    return await (await loadFunction(cloud, functionKey))(event);
  } finally {
    await cloud.close();
  }
}

await runTool(async () => {
  const { values, positionals } = parseOptions({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    print(help);
    return 0;
  }
  const [functionKey, caseOrFile, ...surplus] = positionals;
  if (surplus.length > 0) throw new UsageError('Say one function and one event.');
  if (functionKey === undefined || caseOrFile === undefined) {
    for (const sample of listSampleEvents()) {
      const isMeant = functionKey === undefined || functionKey === sample.functionKey;
      if (isMeant) print(`${sample.functionKey} ${sample.name}`);
    }
    return 0;
  }
  const event = readEvent(functionKey, caseOrFile);
  // The functions' logger then writes through the console, whose every line goes to stderr here.
  process.env['POWERTOOLS_DEV'] = 'true';
  Object.assign(console, { log: console.error, info: console.error, debug: console.error });
  const answer = await invoke(functionKey, event);
  if (values.json) printJson(answer ?? null);
  else print(`${functionKey} answered\n${JSON.stringify(answer ?? null, undefined, 2)}`);
  return 0;
});
// The renditions function keeps a process ready for its next picture.
process.exit();
