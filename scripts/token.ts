// npm run token: an access token for the API on the laptop.

import { defaultUser } from './client/token.ts';
import { makeToken } from './local/identity/token.ts';
import { readSettings } from './local/settings.ts';
import { duration, withDefault } from './terminal/options.ts';
import { print } from './terminal/print.ts';
import { runTool } from './terminal/run-tool.ts';

const tool = {
  name: 'token',
  about: `Prints an access token for USER (without one: ${defaultUser}), as the laptop's issuer makes it. The API that \`npm start\`
runs takes it; a deployed API takes those of its user pool, or of the issuer that it was given.

  curl -H "authorization: Bearer $(npm run --silent token -- alice)" http://127.0.0.1:3000/images`,
  operands: [{ name: 'USER', isOptional: true }],
  options: {
    expires: withDefault(duration, 'DURATION', 'how long it is good for, as 90s, 15m, 1h or 7d', 3_600_000),
  },
};

await runTool(tool, async ({ expires }, [user = defaultUser]) => {
  print(await makeToken(readSettings('darkroom').dataDir, user, expires / 1000));
  return 0;
});
