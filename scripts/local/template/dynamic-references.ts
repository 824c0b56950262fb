// Resolves CloudFormation's dynamic references to secrets, which are left in a value when its intrinsics are resolved.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
import { LaptopCloudError } from '../laptop-cloud-error.ts';

/**
 * The text with each reference to a whole secret replaced by what it holds.
 * @param secretOf what the secret of an ARN holds; undefined when there is none
 * @throws {LaptopCloudError} for a secret or a kind of reference that is not known here, saying where it stands
 */
export function resolveDynamicReferences(
  text: string,
  secretOf: (arn: string) => string | undefined,
  path: string,
): string {
  return text.replaceAll(/\{\{resolve:([^{}]*)\}\}/g, (reference, content: string) => {
    const secret = content.startsWith('secretsmanager:')
      ? secretOf(content.slice('secretsmanager:'.length))
      : undefined;
    if (secret === undefined)
      throw new LaptopCloudError(`${path}: the laptop cloud does not know ${reference}`);
    return secret;
  });
}
