// npm run dlq: looks into the dead-letter queues, and sends back to work, or throws away, what is in them.
import { act } from './dlq/act.ts';
import { groupLetters, renderGroups } from './dlq/groups.ts';
import { isHeld } from './dlq/letter.ts';
import { redrive } from './dlq/redrive.ts';
import { describeLetter, findLetter, renderLetter } from './dlq/show.ts';
import { isSelected, type Selection, survey } from './dlq/survey.ts';
import {
  commonHelp,
  commonOptions,
  duration,
  parseOptions,
  print,
  printJson,
  runTool,
  UsageError,
  wholeNumber,
} from './operations/command-line.ts';
import { createProgress } from './operations/progress.ts';
import { openStage } from './operations/stage.ts';

const help = `Usage: npm run dlq -- COMMAND [options]

  list              what the DLQs hold, by queue and failure code, with counts and ages
  show MESSAGE      one message (its ID, or how it begins) decoded, with its image's record
  redrive           send messages back to work: a dry run, unless --yes
  purge             delete messages for good: a dry run, unless --yes

Which messages (list, redrive, purge; all of them by default):
  --queue NAME      of this DLQ, or of this task: renditions, metadata
  --code CODE       that failed with this code
  --image ID        of this image
  --older-than AGE  first sent at least so long ago: 90s, 15m, 2h, 7d

  --yes             act, rather than say what would be done
  --max-messages N  look at so many of each queue at most (default: 10000)
  --visibility N    seconds for which nobody else sees a message that is looked at (default: 60)
${commonHelp}

To look at a message is to receive it: its receive count goes up by one, and nobody else can see it until this tool
gives it back, a moment later (--visibility, should the tool be killed). A DLQ has no redrive policy: nothing is lost
by that. A redrive killed at any moment loses nothing either; at worst a message is worked on twice, to no effect.`;

const commands = ['list', 'show', 'redrive', 'purge'] as const;

await runTool(async () => {
  const { values, positionals } = parseOptions({
    allowPositionals: true,
    options: {
      ...commonOptions,
      queue: { type: 'string' },
      code: { type: 'string' },
      image: { type: 'string' },
      'older-than': { type: 'string' },
      yes: { type: 'boolean', default: false },
      'max-messages': { type: 'string', default: '10000' },
      visibility: { type: 'string', default: '60' },
    },
  });
  if (values.help) {
    print(help);
    return 0;
  }
  const [command, messageId, ...surplus] = positionals;
  const isCommand = (commands as readonly (string | undefined)[]).includes(command);
  if (!isCommand) throw new UsageError(`Say one of ${commands.join(', ')}.`);
  if ((command === 'show') !== (messageId !== undefined) || surplus.length > 0) {
    throw new UsageError(
      command === 'show' ? 'Say which message to show.' : `${command} takes options only.`,
    );
  }
  const selection: Selection = {
    queue: values.queue,
    code: values.code,
    imageId: values.image,
    olderThanMilliseconds: values['older-than'] ? duration(values['older-than'], 'older-than') : undefined,
  };
  const maxMessages = wholeNumber(values['max-messages'], 'max-messages');
  const visibilitySeconds = wholeNumber(values.visibility, 'visibility');
  const options = { maxMessages, visibilitySeconds };
  const isQuiet = values.json;

  const stage = await openStage(values);
  const surveyed = await survey(stage, options, createProgress('messages looked at', { isQuiet }));
  const now = new Date();
  if (messageId !== undefined) {
    const letter = findLetter(surveyed.letters, messageId);
    if (values.json) printJson(describeLetter(letter));
    else print(renderLetter(letter, now));
    return 0;
  }

  const selected = surveyed.letters.filter((letter) => isSelected(letter, selection, now));
  const groups = groupLetters(selected, now);
  const found = { stage: stage.name, messages: selected.length, isComplete: surveyed.isComplete, groups };
  if (!values.json) {
    if (groups.length > 0) print(renderGroups(groups));
    const more = surveyed.isComplete ? '' : ` There are more: only ${maxMessages} of a queue were looked at.`;
    print(`${selected.length} dead letters of stage ${stage.name} at ${stage.place}.${more}`);
  }
  if (command === 'list' || selected.length === 0 || !values.yes) {
    if (values.json) printJson(found);
    else if (command !== 'list' && selected.length > 0) print(`A dry run: add --yes to ${command} them.`);
    return 0;
  }

  const progress = createProgress('messages', { isQuiet });
  const free = selected.filter((letter) => !isHeld(letter, letter.record, now));
  const held = command === 'redrive' ? selected.length - free.length : 0;
  const acted =
    command === 'redrive'
      ? await redrive(stage, surveyed, free, options, progress)
      : await act(stage, selected, async (letters) => letters, options, progress);
  if (values.json) printJson({ ...found, held, [command === 'redrive' ? 'redriven' : 'purged']: acted });
  else {
    if (held > 0) print(`${held} stay for now: a worker still holds their image. Say it again in a minute.`);
    const verb = command === 'redrive' ? 'sent back to work' : 'deleted';
    print(
      `${acted.done} ${verb}, ${acted.kept} kept because of an error, ${acted.vanished} gone before their turn.`,
    );
  }
  return acted.kept > 0 ? 1 : 0;
});
