// npm run build:client: makes the package that is published out of client/: the library and the uploader
// as modules without dependencies, and their types.

import { buildClient } from './package/client-library.ts';
import { print } from './terminal/print.ts';
import { runTool } from './terminal/run-tool.ts';

const tool = {
  name: 'build:client',
  about: 'Bundles the client library and the uploader into client/dist/, with their types.',
  options: {},
};

await runTool(tool, async () => {
  const compressedBytes = await buildClient(process.cwd(), 'client');
  for (const [name, bytes] of Object.entries(compressedBytes))
    print(`client/dist/${name}: ${(bytes / 1024).toFixed(1)} KB compressed`);
  return 0;
});
