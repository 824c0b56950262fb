// The policy of a browser upload: its signature, its expiry, and the conditions the form must meet.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
import { z } from 'zod';
import { S3Error } from '../errors.ts';
import type { Authority } from '../signature/authorize.ts';
import { parseAmzDate, readCredential } from '../signature/credential.ts';
import { sameSignature } from '../signature/signer.ts';

const exactCondition = z.record(z.string(), z.string());
const matchCondition = z.tuple([z.enum(['eq', 'starts-with']), z.string().startsWith('$'), z.string()]);
const lengthRange = z.tuple([z.literal('content-length-range'), z.coerce.number(), z.coerce.number()]);
const policyDocument = z.object({
  expiration: z.iso.datetime(),
  conditions: z.array(z.union([exactCondition, matchCondition, lengthRange])),
});

export interface PolicyCondition {
  readonly operator: 'eq' | 'starts-with';
  /** Lower case, without the dollar sign. */
  readonly field: string;
  readonly value: string;
}

export interface PostPolicy {
  readonly expiration: Date;
  readonly conditions: readonly PolicyCondition[];
  readonly minBytes: number;
  readonly maxBytes: number;
}

/** Parses the base64 policy. @throws {S3Error} InvalidPolicyDocument */
export function readPolicy(base64: string, maxObjectBytes: number): PostPolicy {
  let document: unknown;
  try {
    document = JSON.parse(Buffer.from(base64, 'base64').toString('utf8'));
  } catch {
    throw new S3Error('InvalidPolicyDocument');
  }
  const parsed = policyDocument.safeParse(document);
  if (!parsed.success) {
    throw new S3Error('InvalidPolicyDocument', {
      message: `Invalid Policy: ${z.prettifyError(parsed.error)}`,
    });
  }
  return fromParsed(parsed.data, maxObjectBytes);
}

/** Verifies the form's signature over its policy. @throws {S3Error} InvalidArgument, AccessDenied or SignatureDoesNotMatch */
export async function verifyPolicySignature(
  fields: ReadonlyMap<string, string>,
  policyBase64: string,
  authority: Authority,
): Promise<void> {
  const demand = (name: string): string => {
    const value = fields.get(name);
    if (value !== undefined) return value;
    throw new S3Error('InvalidArgument', {
      message: `Bucket POST must contain a field named '${name}'.`,
      details: { ArgumentName: name },
    });
  };
  if (fields.has('x-amz-security-token')) throw new S3Error('InvalidToken');
  if (demand('x-amz-algorithm') !== 'AWS4-HMAC-SHA256') {
    throw new S3Error('InvalidArgument', { message: 'x-amz-algorithm only supports "AWS4-HMAC-SHA256"' });
  }
  const amzDate = demand('x-amz-date');
  if (parseAmzDate(amzDate) === undefined)
    throw new S3Error('InvalidArgument', { message: 'X-Amz-Date is not valid' });
  const expected = { ...authority, accessKeyId: authority.credentials.accessKeyId };
  const scope = readCredential(demand('x-amz-credential'), amzDate, expected, 'InvalidArgument');
  const signature = await authority.signer.sign(policyBase64, { signingDate: scope.signingDate });
  if (!sameSignature(signature, demand('x-amz-signature'))) {
    throw new S3Error('SignatureDoesNotMatch', {
      details: {
        AWSAccessKeyId: scope.accessKeyId,
        StringToSign: policyBase64,
        SignatureProvided: demand('x-amz-signature'),
      },
    });
  }
}

const fieldWithoutCondition = /^(policy|x-amz-signature|file|x-ignore-.*)$/;

/** @throws {S3Error} AccessDenied when the policy has expired, a condition fails or a field has no condition. */
export function checkPolicy(policy: PostPolicy, fields: ReadonlyMap<string, string>, now: Date): void {
  if (policy.expiration < now) throw denied('Policy expired.');
  for (const { operator, field, value } of policy.conditions) {
    const given = fields.get(field);
    const holds = given !== undefined && (operator === 'eq' ? given === value : given.startsWith(value));
    if (!holds) throw denied(`Policy Condition failed: ["${operator}", "$${field}", "${value}"]`);
  }
  const conditioned = new Set(policy.conditions.map((condition) => condition.field));
  const extra = [...fields.keys()].filter(
    (name) => !conditioned.has(name) && !fieldWithoutCondition.test(name),
  );
  // The bucket comes from the URL; a policy need not name it twice.
  const named = extra.filter((name) => name !== 'bucket');
  if (named.length > 0) throw denied(`Extra input fields: ${named.join(', ')}`);
}

function fromParsed(parsed: z.output<typeof policyDocument>, maxObjectBytes: number): PostPolicy {
  const conditions: PolicyCondition[] = [];
  let [minBytes, maxBytes] = [0, maxObjectBytes];
  for (const condition of parsed.conditions) {
    if (!Array.isArray(condition)) {
      for (const [field, value] of Object.entries(condition)) {
        conditions.push({ operator: 'eq', field: field.toLowerCase(), value });
      }
    } else if (condition[0] === 'content-length-range') {
      minBytes = Math.max(minBytes, condition[1]);
      maxBytes = Math.min(maxBytes, condition[2]);
    } else {
      const [operator, field, value] = condition;
      conditions.push({ operator, field: field.slice(1).toLowerCase(), value });
    }
  }
  return { expiration: new Date(parsed.expiration), conditions, minBytes, maxBytes };
}

function denied(reason: string): S3Error {
  return new S3Error('AccessDenied', { message: `Invalid according to Policy: ${reason}` });
}
