// npm run delivery-keys: makes what the URLs of a stage's renditions are signed with, and replaces it.

import { access, constants, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterStep, type KeyFile, nextStep, type Step } from './delivery-keys/key-file.ts';
import { makeKeyPair } from './delivery-keys/key-pair.ts';
import { explainErrors } from './operations/explained-errors.ts';
import { placeOf, regionOption, regionOr } from './operations/region.ts';
import { stageName } from './operations/stage-name.ts';
import { OperatorError } from './terminal/errors.ts';
import { flag, type Kind, required, text, withDefault } from './terminal/options.ts';
import { print } from './terminal/print.ts';
import { runTool } from './terminal/run-tool.ts';

const deployable: Kind<string> = {
  expects: stageName.is,
  read: (given) => (stageName.pattern.test(given) ? given : undefined),
};

const tool = {
  name: 'delivery-keys',
  about: `Makes the keys that the URLs of renditions are signed with, where a stage's delivery is private. The private key goes to
Secrets Manager and is shown to nobody; the public one to a file that deployments read: commit it. A stage that has keys is
left as it is.`,
  options: {
    stage: required(deployable, 'NAME', 'the stage'),
    region: regionOption,
    rotate: flag('the next of the three steps in which a key is replaced; deploy after each'),
    folder: withDefault(text, 'PATH', 'where the public keys are noted', 'resources/delivery-keys'),
    yes: flag('do it; without this, only what would be done is said'),
  },
};

await runTool(tool, async ({ stage, region: named, rotate, folder, yes }) => {
  const region = regionOr(named);
  const path = join(folder, `${stage}.${region}.json`);
  const file = await readKeyFile(path);
  const step = nextStep(file, rotate);
  print(describe(step, path));
  if (step.kind === 'nothing') return 0;
  if (!yes) {
    print('Nothing was changed: this was a dry run. With --yes, it is done.');
    return 0;
  }
  // Before a key is made that could not be noted.
  await mkdir(folder, { recursive: true });
  await access(folder, constants.W_OK);
  const made = step.kind === 'make' ? makeKeyPair() : undefined;
  if (made) {
    const secrets = new SecretsManagerClient({ region });
    explainErrors({ secrets }, { stage, region, place: placeOf(region), policy: 'deploy' });
    // The secret first: a file that names a key which nobody has would be deployed.
    await secrets.send(
      new CreateSecretCommand({
        Name: `darkroom/${stage}/delivery-key-${made.id}`,
        Description: `Signs the URLs of renditions of stage ${stage}`,
        SecretString: made.privateKey,
      }),
    );
  }
  const next = afterStep(file, step, made && { id: made.id, publicKey: made.publicKey });
  await writeFile(path, `${JSON.stringify(next, null, 2)}\n`);
  print(`Done. Commit ${path}, and deploy: npm run deploy -- --stage ${stage} --region ${region}`);
  return 0;
});

async function readKeyFile(path: string): Promise<KeyFile | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as KeyFile;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if (!(error instanceof SyntaxError)) throw error;
    throw new OperatorError(`${path} is damaged: take it from version control again.`, { cause: error });
  }
}

function describe(step: Step, path: string): string {
  switch (step.kind) {
    case 'nothing':
      return `${path} has keys already. With --rotate, they are replaced.`;
    case 'make':
      return `A key pair: the private half to Secrets Manager, the public one to ${path}. The distribution trusts it from the next deployment on.`;
    case 'sign with':
      return `URLs are signed with key ${step.id} from the next deployment on; the older one is trusted still.`;
    case 'forget':
      return `Key ${step.id} is trusted no longer from the next deployment on: an hour after the last step, no URL in use was signed with it. Delete its secret then.`;
  }
}
