// The command line of the demo.

import { loopbackHost, readSettings } from '../local/settings.ts';
import { httpUrl, optional, text, wholeNumber, withDefault } from '../terminal/options.ts';

export const tool = {
  name: 'demo',
  about: `Uploads photos through the API, as any client would, and saves what comes back to ./demo-out/.
Without a file or folder it uploads sample photos that it makes itself.`,
  operands: [{ name: 'FILE|FOLDER', isOptional: true, isRepeated: true }],
  options: {
    api: optional(httpUrl, 'URL', 'where the API is (default: the one that `npm start` runs)'),
    token: optional(text, 'TOKEN', 'an access token for it (default: one of the laptop’s issuer)'),
    concurrency: withDefault(wholeNumber(), 'N', 'files on their way at the same time', 4),
    wait: withDefault(wholeNumber(), 'SECONDS', 'how long to wait for one image', 300),
    writeSample: optional(text, 'FILE', 'write a sample photo (JPEG, 12 megapixels) to FILE and end'),
  },
};

/** Where `npm start` serves the API, with the same environment. */
export function laptopApi(environment: NodeJS.ProcessEnv = process.env): string {
  return `http://${loopbackHost}:${readSettings('darkroom', environment).apiPort}`;
}
