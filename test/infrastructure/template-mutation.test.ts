// Takes away or weakens one thing of the template after the other, and expects that some rule notices each time.
import { expect, it } from 'vitest';
import { type Mutant, mutantsOf, nameOf } from './mutation/mutant.ts';
import { createJudge, scoreByKind } from './mutation/score.ts';
import { additionMutants, removal, settingMutants } from './mutation/settings.ts';
import { statementMutants } from './mutation/statements.ts';
import { harmless } from './mutation/survivors.ts';
import { rulesOf } from './rules/all-rules.ts';
import { onOwnDomain } from './support/delivered.ts';
import { deploymentOf } from './support/deployment.ts';

const mutators = [removal, statementMutants, settingMutants, additionMutants];

/** Stages of different parameters, so that whatever a parameter brings is there once. */
const variants: readonly (readonly [name: string, params: Readonly<Record<string, string>>])[] = [
  [
    'with pages, renditions that are delivered to whom a URL was signed for, and an address to wake',
    { ...onOwnDomain, alarmEmail: 'night@photos.example' },
  ],
];

it.each(variants)(
  'a rule notices whatever is taken away or weakened: prod %s',
  async (_name, params) => {
    const deployment = await deploymentOf({ stage: 'prod', params });
    const isNoticed = createJudge(
      deployment,
      rulesOf('prod').map(([, rule]) => rule),
    );

    const isHarmless = (mutant: Mutant) => harmless.some((one) => one.mutant.test(nameOf(mutant)));
    const judged = [...mutantsOf(deployment.resources, mutators)].map((mutant) => ({
      mutant,
      isNoticed: isNoticed(mutant),
    }));
    const excused = judged.filter(({ mutant }) => isHarmless(mutant));
    const counted = judged.filter(({ mutant }) => !isHarmless(mutant));

    process.stdout.write(`${scoreByKind(counted).join('\n')}\n${excused.length} excused\n`);
    expect(counted.filter((one) => !one.isNoticed).map(({ mutant }) => nameOf(mutant))).toEqual([]);
    expect(excused).toHaveLength(harmless.length);
  },
  180_000,
);
