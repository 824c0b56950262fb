// npm run image: everything about one image: where it stands and why, what happened to it, and how to send it back to work.

import { laptopApi } from './demo/arguments.ts';
import { gather } from './image/gather.ts';
import { readTrace } from './image/read-trace.ts';
import { retry } from './image/retry.ts';
import { describeImage, renderImage } from './image/show.ts';
import { situationOf } from './image/situation.ts';
import { renderTimeline } from './image/trace.ts';
import { readSettings } from './local/settings.ts';
import { openStage } from './operations/stage.ts';
import { stageNotes, stageOptions } from './operations/stage-options.ts';
import { duration, flag, withDefault } from './terminal/options.ts';
import { print, printJson } from './terminal/print.ts';
import { runTool } from './terminal/run-tool.ts';

const commands = {
  show: 'its record, tasks, attempts, messages and objects, and what to do next',
  trace: 'its lines of the log in the order of time: requests, every receive, kills, retries, duplicates',
  retry: 'send it back to work, in the way that its state wants: a dry run, unless --yes',
};

const tool = {
  name: 'image',
  about: 'Explains one image: where it stands and why, and what happened to it.',
  operands: [{ name: 'COMMAND', choices: commands }, { name: 'ID' }],
  options: {
    yes: flag('retry: act, rather than show what would be done'),
    since: withDefault(duration, 'AGE', 'trace: how far back to look in CloudWatch', 14 * 86_400_000),
    ...stageOptions,
  },
  notes: `Traces are read from the log of the laptop that \`npm start\` runs, below its data folder, or by CloudWatch Logs
Insights from the log groups of the stage's functions, which costs $0.005 a gigabyte looked through.

${stageNotes}`,
};

await runTool(tool, async ({ json, yes, since, ...given }, [command = '', imageId = '']) => {
  const now = new Date();
  const stage = await openStage(given);
  const gathered = await gather(stage, imageId);
  const options = [given.stage && `--stage ${given.stage}`, given.region && `--region ${given.region}`];
  const situation = situationOf(
    gathered.record,
    {
      ...{ putAside: gathered.putAside.length, hasOriginal: gathered.original !== undefined },
      place: options
        .filter(Boolean)
        .map((option) => ` ${option}`)
        .join(''),
    },
    now,
  );
  if (command === 'show') {
    if (json) printJson(describeImage(gathered, situation, now));
    else print(renderImage(gathered, situation, now, given.stage === undefined ? laptopApi() : undefined));
    return 0;
  }
  if (command === 'retry') {
    const isDry = !yes || situation.retry === 'nothing';
    const says = isDry ? situation.says : await retry(stage, gathered, situation, now);
    const isActing = situation.retry !== 'nothing';
    if (json) printJson({ imageId, retry: situation.retry, done: !isDry, says });
    else print(isDry && isActing ? `${says}\nA dry run: add --yes to send it back to work.` : says);
    return 0;
  }
  const { dataDir } = readSettings('darkroom');
  const { lines, timeline } = await readTrace(stage, gathered, { dataDir, since }, now);
  if (json) printJson({ imageId, timeline, lines });
  else print(renderTimeline(gathered, timeline, situation));
  return 0;
});
