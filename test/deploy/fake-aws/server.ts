// An AWS account on loopback, as far as deployments need one: STS, CloudFormation, S3, Secrets Manager, and Lambda's and CloudWatch Logs'
// answers to "what is there already?". It runs nothing that is deployed.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { answerS3, type Buckets, type Reply } from './buckets.ts';
import { createCloudFormation } from './cloudformation.ts';
import { account } from './names.ts';
import { askedOfS3, type Permissions } from './permissions.ts';
import { Secrets } from './secrets.ts';
import { FakeStacks, ValidationError } from './stacks.ts';

export interface FakeAws {
  readonly endpoint: string;
  readonly stacks: FakeStacks;
  readonly buckets: Buckets;
  /** Requests by service and action, in the order they came. */
  readonly calls: string[];
  /** Actions that are answered with AccessDenied. */
  readonly denied: Set<string>;
  stop(): Promise<void>;
}

/** @param permissions of whoever calls; they may everything when absent */
export async function startFakeAws(permissions?: Permissions): Promise<FakeAws> {
  const buckets: Buckets = new Map();
  const secrets = new Secrets();
  const stacks = new FakeStacks(buckets, secrets, permissions);
  const cloudFormation = createCloudFormation(stacks, buckets);
  const calls: string[] = [];
  const denied = new Set<string>();

  async function answer(request: IncomingMessage): Promise<Reply> {
    const { service, region } = scopeOf(request);
    const url = new URL(request.url ?? '/', 'http://aws');
    const body = await buffer(request);
    if (service === 's3') {
      const [, bucket = '', ...key] = decodeURIComponent(url.pathname).split('/');
      const { method = 'GET', headers } = request;
      calls.push(`s3:${method} ${bucket}`);
      const given = { bucket, key: key.join('/'), query: url.searchParams, method, headers, body };
      const asked = askedOfS3(given);
      if (!mayCall(...asked)) return refusal(403, 'AccessDenied', notAuthorized(asked[0]));
      return answerS3(buckets, given);
    }
    if (service === 'lambda') return functionAt(decodeURIComponent(url.pathname), region);
    if (service === 'logs') return missing('ResourceNotFoundException');
    if (service === 'ecr') return missing('RepositoryNotFoundException');
    if (service === 'secretsmanager') return secretBy(request, region, body);
    const parameters = new URLSearchParams(body.toString());
    const action = parameters.get('Action') ?? '';
    calls.push(`${service}:${action}`);
    const stack = parameters.get('StackName') ?? '';
    const name = stack.startsWith('arn:')
      ? stack
      : `arn:aws:cloudformation:${region}:${account}:stack/${stack}/id`;
    if (denied.has(`${service}:${action}`) || !mayCall(`${service}:${action}`, stack === '' ? '*' : name))
      return refusal(403, 'AccessDenied', notAuthorized(`${service}:${action}`));
    if (service === 'sts') return { status: 200, body: identity };
    try {
      return { status: 200, body: cloudFormation(action, parameters, region) };
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      return refusal(400, 'ValidationError', error.message);
    }
  }

  function mayCall(action: string, resource: string): boolean {
    return permissions === undefined || permissions.may(action, resource);
  }

  function secretBy({ headers }: IncomingMessage, region: string, body: Buffer): Reply {
    const action = String(headers['x-amz-target']).split('.').at(-1) ?? '';
    const { Name } = JSON.parse(body.toString()) as { Name: string };
    calls.push(`secretsmanager:${action} ${Name}`);
    const arn = `arn:aws:secretsmanager:${region}:${account}:secret:${Name}-AbCdEf`;
    if (mayCall(`secretsmanager:${action}`, arn)) return secrets.answer(action, region, body);
    const message = notAuthorized(`secretsmanager:${action}`);
    return { status: 400, body: JSON.stringify({ __type: 'AccessDeniedException', message }) };
  }

  function functionAt(path: string, region: string): Reply {
    const name = path.split('/').at(-1) ?? '';
    const found = stacks.functionModifiedAt(region, name);
    calls.push('lambda:GetFunction');
    if (!mayCall('lambda:GetFunction', `arn:aws:lambda:${region}:${account}:function:${name}`))
      return refusal(403, 'AccessDenied', notAuthorized('lambda:GetFunction'));
    return found === undefined
      ? { status: 404, headers: { 'x-amzn-errortype': 'ResourceNotFoundException' }, body: '{}' }
      : { status: 200, body: JSON.stringify({ Configuration: { LastModified: found.toISOString() } }) };
  }

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    answer(request).then(
      ({ status, headers, body = '' }) => response.writeHead(status, { ...headers }).end(body),
      (error) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ endpoint: `http://127.0.0.1:${port}`, stacks, buckets, calls, denied },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** What the signature says that it is for. */
function scopeOf({ headers }: IncomingMessage): { service: string; region: string } {
  const [, , region = '', service = ''] =
    /Credential=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split('/') ?? [];
  return { service, region };
}

const identity = `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${account}</Account><Arn>arn:aws:iam::${account}:user/deployer</Arn><UserId>deployer</UserId></GetCallerIdentityResult></GetCallerIdentityResponse>`;

function notAuthorized(action: string): string {
  return `User: arn:aws:iam::${account}:user/deployer is not authorized to perform: ${action}`;
}

/** In the JSON protocol, of services that nothing of ours is in. */
function missing(type: string): Reply {
  return { status: 400, body: JSON.stringify({ __type: type }) };
}

function refusal(status: number, code: string, message: string): Reply {
  const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
  return { status, body };
}
