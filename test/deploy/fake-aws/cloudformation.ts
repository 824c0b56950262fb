// CloudFormation's query protocol: change sets, stacks and their events, as `serverless deploy` and `remove` ask for them.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Operations.html

import type { Buckets } from './buckets.ts';
import type { Stack } from './stack.ts';
import { type FakeStacks, ValidationError } from './stacks.ts';

type Parameters = URLSearchParams;
type Answer = string;

/** The result of one action, in XML; throws {@link ValidationError} for what CloudFormation refuses. */
export function createCloudFormation(stacks: FakeStacks, buckets: Buckets) {
  /** Templates of change sets that are not carried out yet, by the stack's ID. */
  const pending = new Map<string, string>();

  function templateOf(parameters: Parameters): string {
    const body = parameters.get('TemplateBody');
    if (body !== null) return body;
    const [bucket = '', ...key] = new URL(parameters.get('TemplateURL') ?? '').pathname.slice(1).split('/');
    const object = buckets.get(bucket)?.get(key.join('/'));
    if (object === undefined) throw new ValidationError('TemplateURL must reference a valid S3 object');
    return object.body.toString();
  }

  const actions: Readonly<Record<string, (parameters: Parameters, region: string) => Answer>> = {
    ValidateTemplate: (parameters) => `<Description/>${templateOf(parameters).length > 0 ? '' : ''}`,
    DescribeStacks: (parameters, region) =>
      `<Stacks>${described(stacks.find(region, parameters.get('StackName') ?? ''))}</Stacks>`,
    CreateChangeSet: (parameters, region) => {
      const name = parameters.get('StackName') ?? '';
      const stack =
        parameters.get('ChangeSetType') === 'CREATE' ? stacks.begin(region, name) : stacks.find(region, name);
      stack.tags = tagsOf(parameters);
      pending.set(stack.id, templateOf(parameters));
      return `<Id>${stack.id}/change</Id><StackId>${stack.id}</StackId>`;
    },
    DescribeChangeSet: (parameters, region) => {
      const stack = stacks.find(region, parameters.get('StackName') ?? '');
      const isNews = stacks.differs(stack, pending.get(stack.id) ?? '');
      const status = isNews
        ? '<Status>CREATE_COMPLETE</Status>'
        : '<Status>FAILED</Status><StatusReason>No updates are to be performed.</StatusReason>';
      return `<StackId>${stack.id}</StackId><StackName>${stack.name}</StackName>${status}<Changes/>`;
    },
    ExecuteChangeSet: (parameters, region) => {
      const stack = stacks.find(region, parameters.get('StackName') ?? '');
      stacks.execute(stack, pending.get(stack.id) ?? '');
      pending.delete(stack.id);
      return '';
    },
    DeleteChangeSet: () => '',
    DescribeStackEvents: (parameters, region) =>
      `<StackEvents>${eventsOf(stacks.find(region, parameters.get('StackName') ?? ''))}</StackEvents>`,
    DescribeStackResource: (parameters, region) => {
      const stack = stacks.find(region, parameters.get('StackName') ?? '');
      const found = stack.resources.get(parameters.get('LogicalResourceId') ?? '');
      if (found === undefined) throw new ValidationError(`Resource does not exist for stack ${stack.name}`);
      return `<StackResourceDetail>${resourceFields(found)}</StackResourceDetail>`;
    },
    ListStackResources: (parameters, region) => {
      const { resources } = stacks.find(region, parameters.get('StackName') ?? '');
      const members = [...resources.values()].map((one) => `<member>${resourceFields(one)}</member>`);
      return `<StackResourceSummaries>${members.join('')}</StackResourceSummaries>`;
    },
    GetTemplate: (parameters, region) =>
      `<TemplateBody>${escaped(stacks.find(region, parameters.get('StackName') ?? '').template)}</TemplateBody>`,
    ListExports: () => '<Exports/>',
    SetStackPolicy: () => '',
    UpdateTerminationProtection: (parameters, region) => {
      const stack = stacks.find(region, parameters.get('StackName') ?? '');
      stack.isProtected = parameters.get('EnableTerminationProtection') === 'true';
      return `<StackId>${stack.id}</StackId>`;
    },
    DeleteStack: (parameters, region) => {
      stacks.delete(stacks.find(region, parameters.get('StackName') ?? ''));
      return '';
    },
  };

  return (action: string, parameters: Parameters, region: string): Answer => {
    const perform = actions[action];
    if (perform === undefined) throw new ValidationError(`${action} is not known here`);
    const result = perform(parameters, region);
    return `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`;
  };
}

/** `Tags.member.1.Key` and so on. */
function tagsOf(parameters: Parameters): Record<string, string> {
  const keys = [...parameters].filter(([name]) => /^Tags\.member\.\d+\.Key$/.test(name));
  return Object.fromEntries(
    keys.map(([name, key]) => [key, parameters.get(name.replace(/Key$/, 'Value')) ?? '']),
  );
}

function described({ id, name, status, isProtected, outputs }: Stack): string {
  const members = Object.entries(outputs).map(
    ([key, value]) =>
      `<member><OutputKey>${key}</OutputKey><OutputValue>${escaped(value)}</OutputValue></member>`,
  );
  const fields = `<StackId>${id}</StackId><StackName>${name}</StackName><StackStatus>${status}</StackStatus>`;
  const times = `<CreationTime>${new Date().toISOString()}</CreationTime>`;
  return `<member>${fields}${times}<EnableTerminationProtection>${isProtected}</EnableTerminationProtection><Outputs>${members.join('')}</Outputs></member>`;
}

/** The newest first. */
function eventsOf({ id: stackId, name, events }: Stack): string {
  return [...events]
    .reverse()
    .map(({ id, logicalId, type, status, reason }) => {
      const what = `<LogicalResourceId>${logicalId}</LogicalResourceId><ResourceType>${type}</ResourceType>`;
      const why =
        reason === undefined ? '' : `<ResourceStatusReason>${escaped(reason)}</ResourceStatusReason>`;
      const where = `<StackId>${stackId}</StackId><StackName>${name}</StackName><EventId>${id}</EventId>`;
      const when = `<Timestamp>${new Date().toISOString()}</Timestamp>`;
      return `<member>${where}${what}${when}<ResourceStatus>${status}</ResourceStatus>${why}</member>`;
    })
    .join('');
}

function resourceFields({
  logicalId,
  type,
  name,
}: {
  logicalId: string;
  type: string;
  name: string;
}): string {
  const identity = `<LogicalResourceId>${logicalId}</LogicalResourceId><PhysicalResourceId>${name}</PhysicalResourceId>`;
  return `${identity}<ResourceType>${type}</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
