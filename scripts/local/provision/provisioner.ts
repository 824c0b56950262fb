// What provisioning one resource means: checked properties in, a Ref and attributes out.
import type { z } from 'zod';
import type { AwsClients } from '../aws-clients.ts';
import { LaptopCloudError } from '../laptop-cloud-error.ts';
import type { TemplateValue } from '../template/types.ts';

export interface ProvisioningContext {
  readonly clients: AwsClients;
  readonly region: string;
  readonly stackName: string;
  /** Where the API answers, or would: the laptop's issuer is found there. */
  readonly api: string;
  /** Absolute path of the folder that all state lives in. */
  readonly dataDir: string;
}

/** What the rest of the template may know of a resource that exists. */
export interface Provisioned {
  /** What `Ref` gives: a bucket's name, a queue's URL, a topic's ARN. */
  readonly ref: string;
  /** What `Fn::GetAtt` gives, `Arn` above all. */
  readonly attributes: Readonly<Record<string, string>>;
  /** What a secret holds, for dynamic references to it. */
  readonly secret?: string;
}

export interface ResolvedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: TemplateValue;
}

/** Makes a resource exist as described; run again, it brings what exists up to date. */
export type Provisioner = (resource: ResolvedResource, context: ProvisioningContext) => Promise<Provisioned>;

/**
 * Checks a resource's properties against what the laptop cloud knows of its type.
 *
 * @throws {LaptopCloudError} naming each property it does not know or that does not fit.
 */
export function checkedProperties<Shape extends z.ZodType>(
  resource: ResolvedResource,
  shape: Shape,
): z.output<Shape> {
  const parsed = shape.safeParse(resource.properties ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => [...issue.path, issue.message].join(': '));
  throw new LaptopCloudError(`${resource.logicalId} (${resource.type}): ${problems.join('; ')}`);
}

/** A name for a resource that the template leaves nameless, as CloudFormation would make one up. */
export function madeUpName(logicalId: string, context: ProvisioningContext): string {
  return `${context.stackName}-${logicalId}`;
}

/** Leaves out what is undefined and turns the rest into text, as attribute maps of SQS and SNS want it. */
export function textAttributes(attributes: Record<string, unknown>): Record<string, string> {
  const entries = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );
}
