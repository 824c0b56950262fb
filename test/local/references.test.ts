// What a resource refers to, and the order in which a template's resources come into being.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these placeholders are CloudFormation's.
import { describe, expect, it } from 'vitest';
import { inOrder, namesIn } from '../../scripts/local/template/references.ts';

describe('references', () => {
  it('finds every name in Ref, GetAtt, Sub and nested values', () => {
    const value = {
      a: [{ Ref: 'A' }, { 'Fn::GetAtt': ['B', 'Arn'] }, { 'Fn::GetAtt': 'C.Arn' }],
      b: { 'Fn::Sub': '${D.Arn}/${!Not}/${E}' },
      c: { 'Fn::Join': ['', [{ 'Fn::Sub': ['${Own}', { Own: { Ref: 'F' } }] }]] },
    };

    expect(namesIn(value)).toEqual(['A', 'B', 'C', 'D', 'E', 'Own', 'F']);
  });

  it('puts a resource after what it names and what it depends on', () => {
    const order = inOrder({
      Bucket: { Type: 'b', DependsOn: 'Policy' },
      Policy: { Type: 'p', Properties: { Topics: [{ Ref: 'Topic' }] } },
      Topic: { Type: 't', Properties: { Name: { 'Fn::Sub': '${AWS::Region}' } } },
    });

    expect(order).toEqual(['Topic', 'Policy', 'Bucket']);
  });

  it('names the circle that a template goes round in', () => {
    const resources = {
      A: { Type: 'a', DependsOn: ['B'] },
      B: { Type: 'b', Properties: { of: { Ref: 'A' } } },
    };

    expect(() => inOrder(resources)).toThrow('A -> B -> A');
  });
});
