// npm run build:client: makes the package that is published out of client/: one module without dependencies, and its types.

import { buildClient } from './package/client-library.ts';
import { print } from './terminal/print.ts';
import { runTool } from './terminal/run-tool.ts';

const tool = {
  name: 'build:client',
  about: 'Bundles the client library into client/dist/, with its types.',
  options: {},
};

await runTool(tool, async () => {
  const compressedBytes = await buildClient(process.cwd(), 'client');
  print(`client/dist/client.js: ${(compressedBytes / 1024).toFixed(1)} KB compressed`);
  return 0;
});
