// npm run dlq: looks into the dead-letter queues and the rejections, and sends back to work, or throws away, what is in them.
import { failureCodes } from '../shared/domain/errors.ts';
import { closingLines } from './dlq/closing-lines.ts';
import { renderEach, rowOf } from './dlq/each.ts';
import { groupMessages, renderGroups } from './dlq/groups.ts';
import { handleAndDelete } from './dlq/handle.ts';
import { redriveFree } from './dlq/redrive.ts';
import { describeMessage, findMessage, renderMessage } from './dlq/show.ts';
import { checkStore } from './dlq/stores.ts';
import { isSelected, survey } from './dlq/survey.ts';
import { openStage } from './operations/stage.ts';
import { stageNotes, stageOptions } from './operations/stage-options.ts';
import { UsageError } from './terminal/errors.ts';
import { duration, flag, oneOf, optional, text, wholeNumber, withDefault } from './terminal/options.ts';
import { print, printJson } from './terminal/print.ts';
import { createProgress } from './terminal/progress.ts';
import { runTool } from './terminal/run-tool.ts';

const commands = {
  list: 'what they hold, by queue and failure code, with counts and ages; with --each, a row a message',
  show: 'MESSAGE (its ID, or how it begins) decoded, with its image’s record',
  redrive: 'send messages back to work: a dry run, unless --yes',
  purge: 'delete messages for good: a dry run, unless --yes',
};

const tool = {
  name: 'dlq',
  about: `Looks into the dead-letter queues, one a worker, which hold what the system failed at, and into the queue of
rejections, which holds the messages of files that are at fault. --queue, --code, --image and --older-than select what list, redrive and purge
are about: everything, without them.`,
  operands: [
    { name: 'COMMAND', choices: commands },
    { name: 'MESSAGE', isOptional: true },
  ],
  options: {
    queue: optional(text, 'NAME', 'in this queue: renditions, metadata (their DLQs) or rejections'),
    code: optional(oneOf([...failureCodes, 'unknown']), 'CODE', 'that failed with this code'),
    image: optional(text, 'ID', 'of this image'),
    olderThan: optional(duration, 'AGE', 'first sent at least so long ago: 90s, 15m, 2h, 7d'),
    each: flag('list a row for each message'),
    yes: flag('act, rather than show what would be done'),
    maxMessages: withDefault(wholeNumber(), 'N', 'look at so many of each queue at most', 10_000),
    visibility: withDefault(wholeNumber(), 'N', 'seconds for which nobody else sees what is looked at', 60),
    ...stageOptions,
  },
  notes: `To look at a message is to receive it: its receive count goes up by one, and nobody else can see it until this tool
gives it back, a moment later (--visibility, should the tool be killed). A DLQ has no redrive policy: nothing is lost
by that. A redrive killed at any moment loses nothing either; at worst a message is worked on twice, to no effect.

${stageNotes}`,
};

await runTool(tool, async ({ json, yes, each, ...given }, [command = '', messageId]) => {
  const isShow = command === 'show';
  if (isShow && messageId === undefined) throw new UsageError('Say which MESSAGE to show.');
  if (!isShow && messageId !== undefined) throw new UsageError(`${command} takes options only.`);
  const { maxMessages, visibility: visibilitySeconds, queue, code, image: imageId } = given;
  const receiving = { maxMessages, visibilitySeconds };
  const selection = { queue, code, imageId, olderThanMilliseconds: given.olderThan };

  if (each && command !== 'list') throw new UsageError('--each goes with list.');
  const stage = await openStage(given);
  checkStore(stage, queue);
  const surveyed = await survey(stage, receiving, createProgress('messages looked at', { isQuiet: json }));
  const now = new Date();
  if (messageId !== undefined) {
    const message = findMessage(surveyed.messages, messageId);
    if (json) printJson(describeMessage(message));
    else print(renderMessage(message, now));
    return 0;
  }

  const selected = surveyed.messages.filter((message) => isSelected(message, selection, now));
  const groups = groupMessages(selected, now);
  const { isComplete, inFlight } = surveyed;
  const found = {
    ...{ stage: stage.name, messages: selected.length, isComplete, inFlight, groups },
    ...(each && { each: selected.map((message) => rowOf(message, now)) }),
  };
  if (!json) {
    if (groups.length > 0) print(each ? renderEach(selected, now) : renderGroups(groups));
    const place = `stage ${stage.name} at ${stage.place}`;
    for (const line of closingLines(selected, surveyed, { ...receiving, place })) print(line);
  }
  if (command === 'list' || selected.length === 0 || !yes) {
    if (json) printJson(found);
    else if (command !== 'list' && selected.length > 0) print(`A dry run: add --yes to ${command} them.`);
    return 0;
  }

  const isRedrive = command === 'redrive';
  const progress = createProgress('messages', { isQuiet: json });
  const purge = () => handleAndDelete(stage, selected, async (messages) => messages, receiving, progress);
  const { held, ...handled } = isRedrive
    ? await redriveFree(stage, surveyed, selected, receiving, progress)
    : { held: 0, ...(await purge()) };
  if (json) printJson({ ...found, held, [isRedrive ? 'redriven' : 'purged']: handled });
  else {
    if (held > 0) print(`${held} stay for now: a worker still holds their image. Run it again in a minute.`);
    const verb = isRedrive ? 'sent back to work' : 'deleted';
    print(
      `${handled.done} ${verb}, ${handled.kept} kept because of an error, ${handled.vanished} gone before their turn.`,
    );
  }
  return handled.kept > 0 ? 1 : 0;
});
