// A template means the same in another partition, region and account.
import type { Rule } from './rule.ts';

/** What is written for one place alone; the others are told by references. */
const fixed = [
  { text: 'arn:aws:', isRight: ({ partition }: { partition: string }) => partition === 'aws' },
  { text: 'eu-central-1', isRight: ({ region }: { region: string }) => region === 'eu-central-1' },
];

export const places: Rule = (resources, { place }) =>
  [...resources.values()].flatMap(({ logicalId, properties }) =>
    fixed
      .filter(({ text, isRight }) => !isRight(place) && JSON.stringify(properties).includes(text))
      .map(({ text }) => `${logicalId} is for ${text} alone`),
  );
