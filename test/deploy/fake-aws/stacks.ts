// CloudFormation as far as a deployment can fail by it: names that exist, zips that do not, a bucket that is not empty, a
// table that is protected, and what DeletionPolicy leaves behind when a stack is rolled back or removed.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html

import { randomUUID } from 'node:crypto';
import type { Template } from '../../../scripts/local/template/types.ts';
import { Bucket } from './bucket.ts';
import type { Buckets } from './buckets.ts';
import { account, Names, nameProperty } from './names.ts';
import { askedToCreate, type Permissions } from './permissions.ts';
import { Releases } from './releases.ts';
import { outputsOf, resolveStack } from './resolve-stack.ts';
import type { Secrets } from './secrets.ts';
import type { Resource, Stack } from './stack.ts';

/** An error as CloudFormation answers it. */
export class ValidationError extends Error {
  override readonly name = 'ValidationError';
}

export class FakeStacks {
  readonly #names = new Names();
  readonly #buckets: Buckets;
  readonly #secrets: Secrets;
  readonly #permissions: Permissions | undefined;
  readonly #stacks = new Map<string, Stack>();
  readonly releases: Releases;
  /** Logical IDs whose creation fails once, as a service does that is having a bad day. */
  readonly failOnce = new Set<string>();
  /** Called at the beginning of each deletion of a stack: what happens to an account meanwhile. */
  onDelete?: (() => void) | undefined;
  /** Every resource that was made, changed or deleted, oldest first. */
  readonly changes: { stack: string; action: 'create' | 'update' | 'delete'; logicalId: string }[] = [];

  constructor(buckets: Buckets, secrets: Secrets, permissions?: Permissions) {
    this.#buckets = buckets;
    this.#secrets = secrets;
    this.#permissions = permissions;
    this.releases = new Releases(buckets, permissions);
  }

  /** @throws {ValidationError} when there is none, as CloudFormation says it */
  find(region: string, nameOrId: string): Stack {
    const stack = [...this.#stacks.values()].find(
      ({ name, id, region: place }) => place === region && (name === nameOrId || id === nameOrId),
    );
    if (stack === undefined) throw new ValidationError(`Stack with id ${nameOrId} does not exist`);
    return stack;
  }

  functionModifiedAt(region: string, name: string): Date | undefined {
    const here = [...this.#stacks.values()].filter((stack) => stack.region === region);
    return here.map(({ modifiedAt }) => modifiedAt.get(name)).find((at) => at !== undefined);
  }

  /** A stack of this name, of which nothing is made yet. */
  begin(region: string, name: string): Stack {
    const id = `arn:aws:cloudformation:${region}:${account}:stack/${name}/${randomUUID()}`;
    const stack: Stack = {
      ...{ id, name, region, status: 'REVIEW_IN_PROGRESS', isProtected: false, template: '{}', tags: {} },
      ...{ resources: new Map(), outputs: {}, events: [], modifiedAt: new Map() },
    };
    this.#stacks.set(`${region} ${name}`, stack);
    return stack;
  }

  /**
   * What a change set of type IMPORT does: a stack of what exists, and is in no other stack.
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-manually.html
   */
  adopt(region: string, name: string, template: Template): void {
    const stack = this.begin(region, name);
    const found = resolveStack(template, stack, account);
    for (const { type, name: own, deletionPolicy, logicalId } of found.values()) {
      if (nameProperty(type) !== undefined && !this.#names.isTaken(region, type, own))
        throw new ValidationError(`There is no ${own} to import`);
      if (deletionPolicy === 'Delete')
        throw new ValidationError(`${logicalId} needs a DeletionPolicy to be imported`);
    }
    Object.assign(stack, { resources: found, template: JSON.stringify(template), status: 'IMPORT_COMPLETE' });
  }

  /** Whether the template would change anything. */
  differs(stack: Stack, template: string): boolean {
    return stack.status === 'REVIEW_IN_PROGRESS' || stack.template !== template;
  }

  /** Makes the stack what its template says; rolls back at the first failure. */
  execute(stack: Stack, template: string): void {
    const isNew = stack.status === 'REVIEW_IN_PROGRESS';
    const verb = isNew ? 'CREATE' : 'UPDATE';
    const before = stack.resources;
    const wanted = resolveStack(JSON.parse(template) as Template, stack, account);
    this.#tell(stack, stack.name, stackType, `${verb}_IN_PROGRESS`);
    const made: Resource[] = [];
    for (const resource of wanted.values()) {
      const old = before.get(resource.logicalId);
      if (old !== undefined && isSame(old, resource)) continue;
      const problem = this.#make(stack, resource, old, wanted);
      if (problem !== undefined) {
        this.#tell(stack, resource.logicalId, resource.type, `${verb}_FAILED`, problem);
        this.#rollBack(stack, made, verb);
        return;
      }
      if (old === undefined) made.push(resource);
      this.changes.push({
        ...{ stack: stack.name, action: old ? 'update' : 'create', logicalId: resource.logicalId },
      });
      this.#tell(stack, resource.logicalId, resource.type, `${old ? 'UPDATE' : 'CREATE'}_COMPLETE`);
    }
    stack.resources = wanted;
    stack.outputs = outputsOf(JSON.parse(template) as Template, stack, account);
    stack.template = template;
    for (const [logicalId, old] of before) if (!wanted.has(logicalId)) this.#unmake(stack, old, false);
    stack.status = `${verb}_COMPLETE`;
    this.#tell(stack, stack.name, stackType, stack.status);
  }

  /** @throws {ValidationError} of a protected stack */
  delete(stack: Stack): void {
    if (stack.isProtected) {
      throw new ValidationError(
        `Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`,
      );
    }
    this.onDelete?.();
    this.#tell(stack, stack.name, stackType, 'DELETE_IN_PROGRESS');
    for (const resource of [...stack.resources.values()].reverse()) {
      const problem = this.#unmake(stack, resource, false);
      if (problem === undefined) continue;
      this.#tell(stack, resource.logicalId, resource.type, 'DELETE_FAILED', problem);
      stack.status = 'DELETE_FAILED';
      this.#tell(stack, stack.name, stackType, 'DELETE_FAILED');
      return;
    }
    stack.status = 'DELETE_COMPLETE';
    this.#tell(stack, stack.name, stackType, 'DELETE_COMPLETE');
    this.#stacks.delete(`${stack.region} ${stack.name}`);
  }

  #make(
    stack: Stack,
    resource: Resource,
    old: Resource | undefined,
    all: ReadonlyMap<string, Resource>,
  ): string | undefined {
    const { logicalId, type, name, properties } = resource;
    if (this.failOnce.delete(logicalId)) return 'Internal Failure';
    const asked = old === undefined ? askedToCreate(type, stack.region, name) : undefined;
    if (asked && this.#permissions?.mayByStack(...asked) === false)
      return `not authorized to perform: ${asked[0]} on resource: ${asked[1]}`;
    const isTaken = old?.name !== name && !this.#names.take(stack.region, type, name);
    if (isTaken) return `${name} already exists`;
    if (old !== undefined && old.name !== name) this.#names.give(stack.region, type, old.name);
    const secret = this.#secrets.missing(stack.region, JSON.stringify(properties));
    if (secret !== undefined) return `Secrets Manager can't find the specified secret: ${secret}`;
    if (type === 'AWS::SecretsManager::Secret') this.#secrets.make(stack.region, name);
    if (type === 'AWS::S3::Bucket' && !this.#buckets.has(name))
      this.#buckets.set(name, new Bucket(properties['VersioningConfiguration'] !== undefined));
    if (type === 'AWS::Lambda::Function') {
      const { S3Bucket, S3Key } = properties['Code'] as { S3Bucket: string; S3Key: string };
      if (this.#buckets.get(S3Bucket)?.get(S3Key) === undefined) return `S3 key ${S3Key} does not exist`;
      stack.modifiedAt.set(name, new Date());
    }
    if (type === 'AWS::Lambda::LayerVersion') {
      const { S3Bucket, S3Key } = properties['Content'] as { S3Bucket: string; S3Key: string };
      if (this.#buckets.get(S3Bucket)?.get(S3Key) === undefined) return `S3 key ${S3Key} does not exist`;
    }
    if (type === 'AWS::Lambda::Version') return this.releases.publish(stack, resource, all);
    if (type === 'AWS::Lambda::Alias') return this.releases.lead(stack, resource, old, all);
    return undefined;
  }

  #unmake(stack: Stack, resource: Resource, isRollback: boolean) {
    const { logicalId, type, name, deletionPolicy } = resource;
    if (deletionPolicy === 'Retain' || (deletionPolicy === 'RetainExceptOnCreate' && !isRollback)) return;
    if (isProtected(resource)) return `${name} cannot be deleted while deletion protection is enabled`;
    if (type === 'AWS::S3::Bucket') {
      if (this.#buckets.get(name)?.isEmpty === false) return 'The bucket you tried to delete is not empty';
      this.#buckets.delete(name);
    }
    if (type === 'AWS::SecretsManager::Secret') this.#secrets.delete(stack.region, name);
    if (type === 'AWS::Lambda::Version') this.releases.withdraw(stack, resource);
    if (type === 'AWS::Lambda::Function') this.releases.forget(stack, name);
    this.#names.give(stack.region, type, name);
    this.changes.push({ stack: stack.name, action: 'delete', logicalId });
    this.#tell(stack, logicalId, type, 'DELETE_COMPLETE');
    return;
  }

  /** As whoever owns the account does in the console, to what no stack has any more. */
  deleteByHand(region: string, type: string, name: string): void {
    this.#names.give(region, type, name);
    if (type === 'AWS::S3::Bucket') this.#buckets.delete(name);
  }

  /** An update that fails leaves what was there; a creation that fails leaves what it must not delete, and no stack to use. */
  #rollBack(stack: Stack, made: readonly Resource[], verb: 'CREATE' | 'UPDATE'): void {
    const prefix = verb === 'CREATE' ? '' : 'UPDATE_';
    this.#tell(stack, stack.name, stackType, `${prefix}ROLLBACK_IN_PROGRESS`);
    for (const resource of [...made].reverse()) this.#unmake(stack, resource, true);
    stack.status = `${prefix}ROLLBACK_COMPLETE`;
    this.#tell(stack, stack.name, stackType, stack.status);
  }

  #tell(stack: Stack, logicalId: string, type: string, status: string, reason?: string): void {
    const event = { id: randomUUID(), logicalId, type, status };
    stack.events.push(reason === undefined ? event : { ...event, reason });
  }
}

/** What CloudFormation does with a resource is no change of it. */
function isSame(old: Resource, wanted: Resource): boolean {
  const whatIs = ({ name, type, properties }: Resource) => JSON.stringify([name, type, properties]);
  return whatIs(old) === whatIs(wanted);
}

function isProtected({ type, properties }: Resource): boolean {
  if (type === 'AWS::DynamoDB::Table') return properties['DeletionProtectionEnabled'] === true;
  return type === 'AWS::Cognito::UserPool' && properties['DeletionProtection'] === 'ACTIVE';
}

const stackType = 'AWS::CloudFormation::Stack';
