// npm run smoke: one picture the whole way through a running stage, each step timed, and nothing left of it.

import { createClient } from '../client/src/client.ts';
import { laptopToken } from './client/token.ts';
import { laptopApi } from './demo/arguments.ts';
import { readSettings } from './local/settings.ts';
import { openStage } from './operations/stage.ts';
import { stageNotes, stageOptions } from './operations/stage-options.ts';
import { apiOfStage } from './smoke/api-of-stage.ts';
import { type Step, StepFailed, smoke } from './smoke/steps.ts';
import { UsageError } from './terminal/errors.ts';
import { httpUrl, optional, text, wholeNumber, withDefault } from './terminal/options.ts';
import { print, printJson } from './terminal/print.ts';
import { runTool } from './terminal/run-tool.ts';

const tool = {
  name: 'smoke',
  about: `Uploads one generated picture to a stage through its real endpoints, waits until it is ready, fetches every rendition,
looks that nothing was put aside, and deletes it. Ends with exit code 1 at the first step that does not come out as it must.

  npm run smoke
  npm run smoke -- --stage prod --token "$TOKEN"`,
  options: {
    api: optional(
      httpUrl,
      'URL',
      'where the API is (default: the output HttpApiUrl of the stack, or the laptop’s)',
    ),
    token: optional(text, 'TOKEN', 'an access token for it (default: one of the laptop’s issuer)'),
    wait: withDefault(wholeNumber(), 'SECONDS', 'how long the image may take', 120),
    ...stageOptions,
  },
  notes: stageNotes,
};

await runTool(tool, async ({ json, wait: waitSeconds, ...given }) => {
  if (given.stage !== undefined && given.token === undefined)
    throw new UsageError(
      'Give a --token that the API of the stage takes: the laptop’s are for the laptop alone.',
    );
  const stage = await openStage(given);
  const { cloudFormation } = stage.clients;
  const ownApi = () => (given.stage === undefined ? laptopApi() : apiOfStage(cloudFormation, stage));
  const { api = await ownApi(), token = laptopToken(readSettings('darkroom').dataDir) } = given;
  const steps: Step[] = [];
  const onStep = (step: Step) => {
    steps.push(step);
    if (!json) print(lineOf('ok', step.name, `${String(step.milliseconds).padStart(6)} ms  ${step.says}`));
  };
  const client = createClient({ api, token, patienceSeconds: 20 });
  try {
    await smoke({ client, stage, waitSeconds, onStep });
    if (json) printJson({ api, stage: stage.name, steps, isWell: true });
    else print(`Stage ${stage.name} at ${api} works.`);
    return 0;
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    const { step, message } = error;
    if (json) printJson({ api, stage: stage.name, steps, isWell: false, failed: { step, message } });
    else print(`${lineOf('BAD', step, message)}\nStage ${stage.name} at ${api} does not work.`);
    return 1;
  }
});

function lineOf(verdict: string, name: string, says: string): string {
  return `${verdict.padEnd(4)} ${name.padEnd(17)} ${says}`;
}
