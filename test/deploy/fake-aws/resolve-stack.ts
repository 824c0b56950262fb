// A template as CloudFormation makes it: conditions decided, references replaced, every resource with its name.

import { conditionHolds, resolveValue } from '../../../scripts/local/template/intrinsics.ts';
import type { Template, TemplateValue } from '../../../scripts/local/template/types.ts';
import { nameProperty } from './names.ts';
import type { Resource, Stack } from './stack.ts';

/** What a template means in a stack. */
function meaningOf(template: Template, { id, name: stackName, region }: Stack, account: string) {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
    'AWS::StackId': id,
  };
  const scope = {
    template,
    ref: (logicalId: string) =>
      pseudo[logicalId] ??
      template.Parameters?.[logicalId]?.Default ??
      (template.Resources[logicalId] && nameOf(logicalId)),
    attribute: (logicalId: string, attribute: string) =>
      template.Resources[logicalId] && `${nameOf(logicalId)}.${attribute}`,
  };
  const names = new Map<string, string>();
  const nameOf = (logicalId: string): string => {
    const known = names.get(logicalId);
    if (known !== undefined) return known;
    const { Type = '', Properties = {} } = template.Resources[logicalId] ?? {};
    const property = nameProperty(Type);
    const given = property === undefined ? undefined : Properties[property];
    const name = String(
      given === undefined ? madeUp(Type, `${stackName}-${logicalId}-${region}`) : resolved(given, logicalId),
    );
    names.set(logicalId, name);
    return name;
  };
  const resolved = (value: TemplateValue, path: string) => resolveValue(value, scope, path);
  const isWanted = (condition: string | undefined) =>
    condition === undefined || conditionHolds(condition, scope);
  return { nameOf, resolved, isWanted };
}

/** The resources in the order in which they can be made: what they refer to, or depend on, comes before. */
export function resolveStack(template: Template, stack: Stack, account: string): Map<string, Resource> {
  const { nameOf, resolved, isWanted } = meaningOf(template, stack, account);
  return new Map(
    inOrder(template)
      .filter((logicalId) => isWanted(template.Resources[logicalId]?.Condition))
      .map((logicalId) => {
        const found = template.Resources[logicalId];
        const { Type = '', Properties = {}, DeletionPolicy = 'Delete', UpdatePolicy } = found ?? {};
        const properties = resolved(Properties, logicalId) as Record<string, unknown>;
        const updatePolicy = resolved(UpdatePolicy, logicalId) as Resource['updatePolicy'];
        return [
          logicalId,
          {
            ...{ logicalId, type: Type, name: nameOf(logicalId), properties, deletionPolicy: DeletionPolicy },
            ...(updatePolicy && { updatePolicy }),
          },
        ];
      }),
  );
}

/** What the stack tells whoever asks for it. */
export function outputsOf(template: Template, stack: Stack, account: string): Record<string, string> {
  const { resolved, isWanted } = meaningOf(template, stack, account);
  const wanted = Object.entries(template.Outputs ?? {}).filter(([, { Condition }]) => isWanted(Condition));
  return Object.fromEntries(wanted.map(([name, { Value }]) => [name, String(resolved(Value, name))]));
}

/** Names of buckets are in lower case. */
function madeUp(type: string, name: string): string {
  return type === 'AWS::S3::Bucket' ? name.toLowerCase() : name;
}

function inOrder({ Resources }: Template): string[] {
  const ordered = new Set<string>();
  const visit = (logicalId: string, path: readonly string[]): void => {
    if (path.includes(logicalId)) throw new Error(`a circle: ${[...path, logicalId].join(' -> ')}`);
    if (ordered.has(logicalId)) return;
    const resource = Resources[logicalId];
    const text = JSON.stringify(resource);
    const mentioned = Object.keys(Resources).filter(
      (other) =>
        other !== logicalId &&
        (text.includes(`"Ref":"${other}"`) ||
          text.includes(`"Fn::GetAtt":["${other}"`) ||
          text.includes(`\${${other}}`) ||
          text.includes(`\${${other}.`) ||
          [resource?.DependsOn ?? []].flat().includes(other)),
    );
    for (const other of mentioned) visit(other, [...path, logicalId]);
    ordered.add(logicalId);
  };
  for (const logicalId of Object.keys(Resources)) visit(logicalId, []);
  return [...ordered];
}
