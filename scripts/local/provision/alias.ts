// AWS::Lambda::Alias: nothing to make, since a laptop has one version of each function, the code as it is. Its ARN is the
// function's, with the alias's name after it.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-alias.html
import { z } from 'zod';
import { localAccountId } from '../credentials.ts';
import { checkedProperties, type Provisioner } from './provisioner.ts';

const shape = z.strictObject({
  FunctionName: z.string(),
  FunctionVersion: z.literal('$LATEST'),
  Name: z.string(),
});

export const provisionAlias: Provisioner = async (resource, { region }) => {
  const { FunctionName, Name } = checkedProperties(resource, shape);
  const arn = `arn:aws:lambda:${region}:${localAccountId}:function:${FunctionName}:${Name}`;
  return { ref: arn, attributes: { AliasArn: arn } };
};
