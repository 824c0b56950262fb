// CloudFormation's intrinsic functions, resolved against a small scope.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these placeholders are CloudFormation's.
import { describe, expect, it } from 'vitest';
import { type ResolutionScope, resolveValue } from '../../scripts/local/template/intrinsics.ts';
import type { TemplateValue } from '../../scripts/local/template/types.ts';

const refs: Record<string, TemplateValue> = {
  Queue: 'http://queue',
  Stage: 'dev',
  'AWS::Region': 'eu-central-1',
};
const attributes: Record<string, string> = {
  'Queue.Arn': 'arn:queue',
  'Nested.Outputs.Url': 'http://nested',
};
const scope: ResolutionScope = {
  ref: (name) => refs[name],
  attribute: (logicalId, attribute) => attributes[`${logicalId}.${attribute}`],
  template: {
    Conditions: {
      IsDev: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] },
      IsProd: { 'Fn::Not': [{ Condition: 'IsDev' }] },
      Either: { 'Fn::Or': [{ Condition: 'IsDev' }, { Condition: 'IsProd' }] },
      Both: { 'Fn::And': [{ Condition: 'IsDev' }, { Condition: 'IsProd' }] },
    },
  },
};

function resolve(value: TemplateValue) {
  return resolveValue(value, scope, 'Resources.X.Properties');
}

describe('intrinsic functions', () => {
  it.each<[what: string, value: TemplateValue, resolved: TemplateValue]>([
    ['leaves plain values alone', { a: [1, true, null, 'text'] }, { a: [1, true, null, 'text'] }],
    ['resolves Ref', { Ref: 'Queue' }, 'http://queue'],
    ['resolves GetAtt as a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:queue'],
    ['resolves GetAtt as text', { 'Fn::GetAtt': 'Queue.Arn' }, 'arn:queue'],
    ['keeps dots in an attribute', { 'Fn::GetAtt': 'Nested.Outputs.Url' }, 'http://nested'],
    [
      'resolves Sub of names and attributes',
      { 'Fn::Sub': '${AWS::Region}/${Queue.Arn}' },
      'eu-central-1/arn:queue',
    ],
    ['keeps the literal of Sub', { 'Fn::Sub': '${!Literal}-${Stage}' }, '${Literal}-dev'],
    [
      'prefers the own names of Sub',
      { 'Fn::Sub': ['${Stage}', { Stage: { Ref: 'Queue' } }] },
      'http://queue',
    ],
    ['joins', { 'Fn::Join': [':', ['a', { Ref: 'Stage' }, 3]] }, 'a:dev:3'],
    ['takes the branch of a condition that holds', { 'Fn::If': ['IsDev', 'yes', { Ref: 'Missing' }] }, 'yes'],
    ['takes the other branch', { 'Fn::If': ['IsProd', { Ref: 'Missing' }, 'no'] }, 'no'],
    ['combines conditions', [{ 'Fn::If': ['Either', 1, 2] }, { 'Fn::If': ['Both', 1, 2] }], [1, 2]],
    ['drops a property without value', { a: { Ref: 'AWS::NoValue' }, b: 1 }, { b: 1 }],
    ['drops an item without value', [{ 'Fn::If': ['IsProd', 'a', { Ref: 'AWS::NoValue' }] }, 'b'], ['b']],
    ['resolves inside objects and lists', { a: [{ b: { Ref: 'Stage' } }] }, { a: [{ b: 'dev' }] }],
    ['takes an object with Ref among other keys as it is', { Ref: 'Queue', x: 1 }, { Ref: 'Queue', x: 1 }],
  ])('%s', (_what, value, resolved) => {
    expect(resolve(value)).toEqual(resolved);
  });

  it.each<[what: string, value: TemplateValue, message: string]>([
    [
      'an unknown function',
      { a: { 'Fn::Cidr': [] } },
      'Resources.X.Properties.a: the laptop cloud does not know Fn::Cidr',
    ],
    ['an unknown name', { Ref: 'Missing' }, 'Resources.X.Properties: nothing is called Missing'],
    [
      'an unknown attribute',
      [{ 'Fn::GetAtt': ['Queue', 'Url'] }],
      'Resources.X.Properties[0]: Queue has no Url here',
    ],
    ['an unknown name in Sub', { 'Fn::Sub': '${Missing}' }, 'nothing is called Missing'],
    ['an unknown condition', { 'Fn::If': ['IsNever', 1, 2] }, 'There is no condition IsNever'],
    ['an object where text is joined', { 'Fn::Join': ['', [{ a: 1 }]] }, 'expected text or a number'],
  ])('refuses %s and says where it stands', (_what, value, message) => {
    expect(() => resolve(value)).toThrow(message);
  });
});
