// AWS::SecretsManager::Secret: a random value that the data folder keeps, for the dynamic references of function environments.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { localAccountId } from '../credentials.ts';
import { checkedProperties, madeUpName, type Provisioner } from './provisioner.ts';

const shape = z.strictObject({
  Name: z.string().optional(),
  Description: z.unknown().optional(),
  GenerateSecretString: z.strictObject({
    PasswordLength: z.int().min(1).max(4096).default(32),
    // Without punctuation, whether that is asked for or not.
    ExcludePunctuation: z.boolean().optional(),
  }),
  Tags: z.unknown().optional(),
});

export const provisionSecret: Provisioner = async (resource, context) => {
  const { Name, GenerateSecretString } = checkedProperties(resource, shape);
  const name = Name ?? madeUpName(resource.logicalId, context);
  const arn = `arn:aws:secretsmanager:${context.region}:${localAccountId}:secret:${name}`;
  const secret = keepSecret(context.dataDir, name, GenerateSecretString.PasswordLength);
  return { ref: arn, attributes: { Id: arn }, secret };
};

/** The value of a secret, made at its first start: only the folder's owner can read it. */
function keepSecret(dataDir: string, name: string, characters: number): string {
  const folder = join(dataDir, 'secrets');
  const file = join(folder, encodeURIComponent(name));
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Renamed into its place, so that nobody ever reads half of it.
    writeFileSync(`${file}.new`, randomBytes(characters).toString('hex').slice(0, characters), {
      mode: 0o600,
    });
    renameSync(`${file}.new`, file);
  }
  return readFileSync(file, 'utf8');
}
