// npm run invoke: runs one function on one event against the laptop, in this process, where a debugger reaches it.
import { loadFunction } from './invoke/function.ts';
import { eventsOf, listSampleEvents, readEvent } from './invoke/sample-events.ts';
import { startLaptopCloud } from './local/cloud.ts';
import { readCredentials } from './local/credentials.ts';
import { loopbackHost, readSettings } from './local/settings.ts';
import { OperatorError } from './terminal/errors.ts';
import { flag } from './terminal/options.ts';
import { print, printJson } from './terminal/print.ts';
import { runTool } from './terminal/run-tool.ts';

const tool = {
  name: 'invoke',
  about: `Runs FUNCTION, a key of serverless.yml, on EVENT, a case below events/ or any JSON file, against the laptop cloud
that \`npm start\` runs (or against AWS_ENDPOINT_URL). The function's code is the work tree's; its queues, table,
topics and buckets are the laptop's. Without EVENT, lists the cases there are.

  npm run invoke -- renditions created
  npm run invoke -- createUpload too-large --json`,
  operands: [
    { name: 'FUNCTION', isOptional: true },
    { name: 'EVENT', isOptional: true },
  ],
  options: { json: flag("print only the function's answer to stdout, as JSON; its log goes to stderr") },
};

async function invoke(functionKey: string, event: unknown): Promise<unknown> {
  const { remote, awsPort, dataDir } = readSettings('darkroom');
  const endpoint = remote?.endpoint ?? `http://${loopbackHost}:${awsPort}`;
  const credentials = remote?.credentials ?? readCredentials(dataDir);
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

await runTool(tool, async ({ json }, [functionKey, caseOrFile]) => {
  if (functionKey === undefined || caseOrFile === undefined) {
    const samples = functionKey === undefined ? listSampleEvents() : eventsOf(functionKey);
    for (const sample of samples) print(`${sample.functionKey} ${sample.name}`);
    return 0;
  }
  const event = readEvent(functionKey, caseOrFile);
  // The functions' logger then writes through the console, whose every line goes to stderr here.
  process.env['POWERTOOLS_DEV'] = 'true';
  Object.assign(console, { log: console.error, info: console.error, debug: console.error });
  const answer = await invoke(functionKey, event);
  if (json) printJson(answer ?? null);
  else print(`${functionKey} answered\n${JSON.stringify(answer ?? null, undefined, 2)}`);
  return 0;
});
// The renditions function keeps a process ready for its next picture.
process.exit();
