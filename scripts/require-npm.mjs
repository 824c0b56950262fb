// Runs with `npm ci`: refuses an npm that does not know `allowScripts`, and so lets every dependency run what it likes.
// devEngines has npm 10.9 and newer stop before it begins. Plain JavaScript, so that any Node can read it.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const required = { major: 11, minor: 16 };

// Not npm_config_user_agent: an npm that another npm starts inherits the other's.
const { npm_execpath: program = '' } = process.env;
const { name, version } = JSON.parse(readFileSync(join(dirname(program), '..', 'package.json'), 'utf8'));
const [major, minor] = version.split('.').map(Number);
const isRecent = major > required.major || (major === required.major && minor >= required.minor);

if (name !== 'npm' || !isRecent) {
  console.error(
    `Darkroom is installed by npm ${required.major}.${required.minor} or newer, but this is ${name} ${version}, which does ` +
      'not read allowScripts in package.json and has let every dependency run its install script. ' +
      `Run npm install --global npm@${required.major}, then npm ci again.`,
  );
  process.exit(1);
}
