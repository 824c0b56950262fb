// Stage parameters: what AWS would refuse after minutes, or take and do harm with, is refused when the stage is packaged.
import { describe, expect, it } from 'vitest';
import { parameterMeanings } from '../../scripts/docs/meanings.ts';
import { compileProject, loadProject } from '../../scripts/local/template/compile.ts';

const { checkParameters, parameters } = await import(
  new URL('../../resources/parameters.js', import.meta.url).href
);

const compiled = (params: Readonly<Record<string, string>>) =>
  compileProject({ stage: 'staging', params: { delivery: 'none', ...params } });

it('has a row for each parameter that is documented, and no other', () => {
  expect(Object.keys(parameters).toSorted()).toEqual(Object.keys(parameterMeanings).toSorted());
});

describe('a stage is refused', () => {
  it.each([
    ['budgetDollars', 'many', 'a number of dollars, 0 for no budget'],
    ['budgetDollars', '-5', 'a number of dollars'],
    ['alarmEmail', 'somebody', 'empty, or an address'],
    ['alarmEmail', 'a@b.example,c@d.example', 'empty, or an address'],
    ['throttleRate', '0', 'a whole number from 1 to 10000'],
    ['throttleBurst', '9999', 'a whole number from 1 to 5000'],
    ['maxReceiveCount', '0', 'a whole number from 1 to 1000'],
    ['dataDeletionPolicy', 'Keep', 'Delete or Retain or RetainExceptOnCreate'],
    ['separateOwners', 'yes', 'true or false'],
    ['deletionProtection', '1', 'true or false'],
    ['uploadExpirySeconds', '0', 'a whole number from 1 to 604800'],
    ['maxUploadBytes', '1e12', 'a whole number from 1 to 5368709120'],
    ['maxImages', '1.5', 'a whole number'],
    ['retryBackoffBaseSeconds', '901', 'a whole number from 0 to 900'],
    ['signInCallbacks', 'http://photos.example/', 'URLs separated by commas, by https or on localhost'],
    ['signInCallbacks', 'https://photos.example/,photos', 'URLs separated by commas'],
    ['jwtIssuer', 'issuer.example', 'empty, or a URL'],
    ['unissuedOwner', 'no body', 'an owner ID, or unowned'],
    ['deliveryDomain', 'https://images.example', 'empty, or a host name'],
  ])('with %s=%s', async (name, value, is) => {
    await expect(compiled({ [name]: value })).rejects.toThrow(`--param ${name}=${value}: it is ${is}`);
  });

  it('with a parameter that there is not, and told which there are', async () => {
    await expect(compiled({ alarmMail: 'night@photos.example' })).rejects.toThrow(
      /--param alarmMail: there is no such parameter; there are allowedOrigins, .*alarmEmail/,
    );
  });

  it('with one in serverless.yml that there is not', async () => {
    const resolve = {
      resolveVariable: async () => '',
      resolveConfigurationProperty: async () => ({ default: {}, prod: { workerConcurency: 50 } }),
    };

    await expect(checkParameters(resolve)).rejects.toThrow('--param workerConcurency: there is no such');
  });

  it('with an issuer of tokens and no audience of them', async () => {
    await expect(compiled({ jwtIssuer: 'https://issuer.example' })).rejects.toThrow('set both or neither');
  });

  it('with queues that hide messages for less than their function takes', async () => {
    await expect(compiled({ visibilityTimeoutSeconds: '99' })).rejects.toThrow(
      '--param visibilityTimeoutSeconds=99: it is at least workerTimeoutSeconds (100)',
    );
  });
});

it.each([
  ['budgetDollars', '0'],
  ['budgetDollars', '12.50'],
  ['alarmEmail', 'night@photos.example'],
  ['maxUploadBytes', '5368709120'],
  ['retryBackoffBaseSeconds', '0'],
  ['workerConcurrency', '1000'],
  ['signInCallbacks', 'https://photos.example/,http://localhost:3000/'],
  ['unissuedOwner', 'https://issuer.example#subject'],
  ['deletionProtection', 'true'],
])('a stage is taken with %s=%s', async (name, value) => {
  await expect(
    loadProject({ stage: 'staging', params: { delivery: 'none', [name]: value } }),
  ).resolves.toBeDefined();
});
