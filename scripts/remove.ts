// npm run remove: takes a stage away: says what is lost and what stays, empties the buckets that go, and deletes the stack.

import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { explainErrors } from './operations/explained-errors.ts';
import { placeOf, regionOption, regionOr } from './operations/region.ts';
import { versionsIn } from './remove/empty-bucket.ts';
import { type Inventory, inventoryOf } from './remove/inventory.ts';
import { takeAway } from './remove/take-away.ts';
import { OperatorError } from './terminal/errors.ts';
import { flag, required, text } from './terminal/options.ts';
import { print } from './terminal/print.ts';
import { runTool } from './terminal/run-tool.ts';

const tool = {
  name: 'remove',
  about: `Removes a deployed stage: empties the buckets that go with it, old versions included, and deletes its stack. Says first
what is lost and what stays; without --yes, that is all it does. A stage whose data is protected, as prod's, is refused.`,
  options: {
    stage: required(text, 'NAME', 'the stage'),
    region: regionOption,
    yes: flag('remove it'),
  },
};

await runTool(tool, async ({ stage, region: named, yes }) => {
  const region = regionOr(named);
  const clients = {
    cloudFormation: new CloudFormationClient({ region }),
    s3: new S3Client({ region, forcePathStyle: process.env['AWS_ENDPOINT_URL'] !== undefined }),
  };
  explainErrors(clients, { stage, region, place: placeOf(region), policy: 'deploy' });
  const inventory = await inventoryOf(clients.cloudFormation, `darkroom-${stage}`, region);
  await tell(inventory, clients.s3);
  if (inventory.isProtected)
    throw new OperatorError(
      `Stage ${stage} is protected from being removed. Whoever means it deploys it once with --param deletionProtection=false first.`,
    );
  if (!yes) {
    print('A dry run: add --yes to remove it.');
    return 0;
  }
  const buckets = inventory.buckets.map(({ name }) => name);
  return await takeAway(clients.s3, { stage, region, buckets });
});

async function tell(
  { stackName, kept, buckets, tables, othersThatGo }: Inventory,
  s3: S3Client,
): Promise<void> {
  print(`Of stack ${stackName} this goes, and nothing brings it back:`);
  for (const { name } of buckets) print(`  bucket ${name}: ${await sizeOf(s3, name)}`);
  for (const { name } of tables) print(`  table ${name}, with every record`);
  print(`  and ${othersThatGo} more: functions, queues, topics, alarms, roles, logs`);
  if (kept.length === 0) return;
  print('This stays, and costs what it costs. docs/deploy.md says how a new stack takes it up again:');
  for (const { type, name } of kept) print(`  ${type} ${name}`);
}

/** Counted as far as one page goes: somebody waits. */
async function sizeOf(s3: S3Client, bucket: string): Promise<string> {
  for await (const page of versionsIn(s3, bucket))
    return `${page.length < 1000 ? page.length : 'more than 999'} objects and old versions`;
  return 'empty';
}
