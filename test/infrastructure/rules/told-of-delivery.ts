// Who hands out URLs of renditions, and who deletes them, is told of the distribution that is there, or that there is none.
import { configSchemas } from '../../../shared/config.ts';
import { functionsOf } from './functions.ts';
import { ofType, type Resources } from './rule.ts';

export const toldOfDelivery = (resources: Resources): string[] => {
  const [distribution] = ofType(resources, 'AWS::CloudFront::Distribution');
  const host = distribution?.properties.DistributionConfig.Aliases?.[0] ?? distribution?.name;
  const wanted: Readonly<Record<string, string>> = {
    DELIVERY_URL: host === undefined ? '' : `https://${host}`,
    DISTRIBUTION_ID: distribution?.name ?? '',
  };
  return functionsOf(resources).flatMap(({ logicalId, name, properties }) => {
    const schema = configSchemas[name.split('-').at(-1) as keyof typeof configSchemas];
    return Object.entries(wanted)
      .filter(([variable]) => schema !== undefined && variable in schema.shape)
      .filter(([variable, value]) => properties.Environment?.Variables?.[variable] !== value)
      .map(([variable]) => `${logicalId} is not told of the distribution by ${variable}`);
  });
};
