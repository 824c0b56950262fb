// The page that is deployed with the stack: what it is told, who signs people in, and that its rules bite.
import { expect, it } from 'vitest';
import { compileProject } from '../../scripts/local/template/compile.ts';
import type { Template } from '../../scripts/local/template/types.ts';
import { withKeys } from '../support/delivery-keys.ts';
import { pageViolations } from './rules/page.ts';
import type { Resources as Resolved } from './rules/rule.ts';
import { onOwnDomain, undelivered } from './support/delivered.ts';
import { deploymentOf } from './support/deployment.ts';
import { propertiesOf, type Resources } from './support/spoil.ts';

const foreign = { jwtIssuer: 'https://issuer.example/realm', jwtAudience: 'api' } as const;

async function templateWith(params: Readonly<Record<string, string>>): Promise<Template> {
  return (await compileProject({ stage: 'prod', params: { ...withKeys(), ...params } })).template;
}

/** `Fn::Sub` as it stands there. */
const output = ({ Outputs = {} }: Template, name: string) => Outputs[name]?.Value;

it('is told where the API is, which is at its own origin, and how people sign in at the stack’s user pool', async () => {
  const template = await templateWith(onOwnDomain);

  expect(output(template, 'PageUrl')).toBe('https://images.photos.example');
  expect(JSON.parse((output(template, 'PageConfig') as { 'Fn::Sub': string })['Fn::Sub'])).toEqual({
    api: 'https://images.photos.example',
    signIn: {
      issuer: `\${UserPool.ProviderURL}`,
      clientId: `\${UserPoolClient}`,
      scope: 'openid email darkroom/images',
    },
  });
});

it('signs in at a foreign issuer as the client that it is there, and may call that issuer alone', async () => {
  const params = { ...foreign, signInClientId: 'page' };
  const template = await templateWith(params);

  expect(JSON.parse((output(template, 'PageConfig') as { 'Fn::Sub': string })['Fn::Sub']).signIn).toEqual({
    ...{ issuer: 'https://issuer.example/realm', clientId: 'page', scope: 'openid darkroom/images' },
  });
  const headers = JSON.stringify(template.Resources['PageResponseHeaders']);
  expect(headers).toContain('https://issuer.example;');
  expect(headers).not.toContain('cognito');
});

it('is told nothing, and so is not deployed, where a foreign issuer knows no such client', async () => {
  expect(output(await templateWith(foreign), 'PageConfig')).toBeUndefined();
});

it('is nowhere without a distribution', async () => {
  const { Resources, Outputs = {} } = await templateWith(undelivered);

  expect(
    [...Object.keys(Resources), ...Object.keys(Outputs)].filter((name) => name.startsWith('Page')),
  ).toEqual([]);
  expect(Resources['UserPoolClient']?.Properties?.['CallbackURLs']).toEqual(['http://localhost:3000/']);
});

it('is where people come back to from signing in, beside the pages that a text with commas names', async () => {
  const { Resources } = await templateWith({
    ...onOwnDomain,
    signInCallbacks: 'https://photos.example/, https://admin.example/',
  });

  const urls = ['https://photos.example/', 'https://admin.example/', 'https://images.photos.example/'];
  expect(Resources['UserPoolClient']?.Properties).toMatchObject({ CallbackURLs: urls, LogoutURLs: urls });
});

it('is refused with an issuer that is no URL', async () => {
  await expect(templateWith({ ...foreign, jwtIssuer: 'issuer.example' })).rejects.toThrow(
    '--param jwtIssuer=issuer.example: it is empty, or a URL such as https://issuer.example',
  );
});

const settings = (resources: Resources) => propertiesOf(resources, 'Distribution').DistributionConfig;
const policy = (resources: Resources) =>
  propertiesOf(resources, 'PageResponseHeaders').ResponseHeadersPolicyConfig.SecurityHeadersConfig
    .ContentSecurityPolicy;

it.each<readonly [finding: string, spoil: (resources: Resources) => unknown]>([
  ['shows no page to whoever comes to it', (r) => delete settings(r).DefaultRootObject],
  [
    'shows the page without TLS',
    (r) => Object.assign(settings(r).DefaultCacheBehavior, { ViewerProtocolPolicy: 'allow-all' }),
  ],
  [
    'keeps the page longer than its files say, or sends it uncompressed',
    (r) => Object.assign(propertiesOf(r, 'PageCachePolicy').CachePolicyConfig, { MinTTL: 3600 }),
  ],
  [
    'may not read the page, or is not alone in it',
    (r) => delete propertiesOf(r, 'PageBucketPolicy').PolicyDocument.Statement.at(-1).Condition,
  ],
  [
    'lets the page do more than the laptop does',
    (r) =>
      Object.assign(policy(r), {
        ContentSecurityPolicy: policy(r).ContentSecurityPolicy['Fn::Sub'].replace(
          "script-src 'self'",
          "script-src 'self' 'unsafe-inline'",
        ),
      }),
  ],
  ['does not answer every path of the API, or others', (r) => settings(r).CacheBehaviors.pop()],
  [
    'calls the API otherwise than a page does, or keeps what it answers',
    (r) => delete settings(r).CacheBehaviors.at(-1).OriginRequestPolicyId,
  ],
  ['is no page to come back to from signing in', (r) => propertiesOf(r, 'UserPoolClient').LogoutURLs.pop()],
])('that %s is noticed', async (finding, spoil) => {
  const deployment = await deploymentOf({ stage: 'prod', params: onOwnDomain, spoil });
  const resources: Resolved = deployment.resources;

  expect(pageViolations(resources, deployment)).toContain(`Distribution ${finding}`);
});
