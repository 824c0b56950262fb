// Which pages may do what: the CORS of API and buckets, over the compiled template.

import { describe, expect, it } from 'vitest';
import { compileProject } from '../../scripts/local/template/compile.ts';
import type { Template } from '../../scripts/local/template/types.ts';
import { withKeys } from '../support/delivery-keys.ts';

const origins = ['https://photos.example', 'http://localhost:5173'];

/** Where the page is that is deployed with the stack. */
const own = { 'Fn::Sub': `https://\${Distribution.DomainName}` };

async function templateWith(allowedOrigins?: string, stage = 'prod', delivery?: string): Promise<Template> {
  const given = { ...(allowedOrigins !== undefined && { allowedOrigins }), ...(delivery && { delivery }) };
  const params = { ...withKeys(), ...given };
  return (await compileProject({ stage, params })).template;
}

function corsOf({ Resources }: Template) {
  const corsOfBucket = (name: string) => Resources[name]?.Properties?.['CorsConfiguration'];
  return {
    api: Resources['HttpApi']?.Properties?.['CorsConfiguration'],
    originals: corsOfBucket('OriginalsBucket'),
    renditions: corsOfBucket('RenditionsBucket'),
  };
}

function methodsOf({ Resources }: Template): string[] {
  const keys = Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::ApiGatewayV2::Route')
    .map(({ Properties = {} }) => String(Properties['RouteKey']));
  return [...new Set(keys.filter((key) => key !== '$default').map((key) => key.split(' ')[0] ?? ''))];
}

describe('pages', () => {
  const noRules = { Ref: 'AWS::NoValue' };

  it('may do nothing in a stage that names no origins and has no page', async () => {
    expect(corsOf(await templateWith(undefined, 'prod', 'none'))).toEqual({
      ...{ api: undefined, originals: noRules, renditions: noRules },
    });
  });

  it('may upload from the page that is deployed with the stack, which finds all else at its origin', async () => {
    const { api, originals, renditions } = corsOf(await templateWith());

    expect([api, renditions]).toEqual([undefined, noRules]);
    expect(originals).toMatchObject({ CorsRules: [{ AllowedOrigins: [own] }] });
  });

  it('may call, upload and look where their origin is named, and no others may', async () => {
    const { api, originals, renditions } = corsOf(await templateWith(origins.join(', ')));

    expect(api).toMatchObject({ AllowOrigins: origins });
    expect(originals).toMatchObject({ CorsRules: [{ AllowedOrigins: [...origins, own] }] });
    expect(renditions).toMatchObject({ CorsRules: [{ AllowedOrigins: origins, AllowedMethods: ['GET'] }] });
  });

  it('may use the methods that routes have, and no others', async () => {
    const template = await templateWith(origins.join());

    const { AllowMethods } = corsOf(template).api as { AllowMethods: string[] };

    expect(AllowMethods.toSorted()).toEqual(methodsOf(template).toSorted());
  });

  it('may send and read the headers that a client needs', async () => {
    const { api, originals } = corsOf(await templateWith(origins.join()));

    expect(api).toMatchObject({
      AllowHeaders: ['authorization', 'content-type', 'if-none-match'],
      ExposeHeaders: ['etag', 'location', 'retry-after', 'www-authenticate', 'x-request-id'],
    });
    expect(originals).toMatchObject({
      CorsRules: [
        {
          AllowedHeaders: ['content-type', 'if-none-match', 'x-amz-*'],
          AllowedMethods: ['GET', 'PUT', 'POST'],
          ExposedHeaders: ['ETag'],
        },
      ],
    });
  });

  it.each(['dev', 'test'])('may all call in stage %s', async (stage) => {
    expect(corsOf(await templateWith(undefined, stage)).api).toMatchObject({ AllowOrigins: ['*'] });
  });

  it.each([
    ['every page', '*', /lets every page in; name the origins of stage prod/],
    ['every page beside a named one', 'https://photos.example,*', /lets every page in/],
    ['a pattern', 'https://*.example', /is not an origin/],
    ['a path', 'https://photos.example/', /is not an origin/],
    ['a name alone', 'photos.example', /is not an origin/],
    ['what browsers call an opaque origin', 'null', /is not an origin/],
  ])('cannot be let in as %s', async (_case, allowedOrigins, message) => {
    await expect(templateWith(allowedOrigins)).rejects.toThrow(message);
  });
});
