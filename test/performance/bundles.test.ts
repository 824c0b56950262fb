// What a cold start loads: each function's bundle holds what it uses and nothing else.

import { beforeAll, describe, expect, it } from 'vitest';
import { compileProject } from '../../scripts/local/template/compile.ts';
import { bundleFunctions } from '../../scripts/package/bundle.ts';

interface Bundled {
  readonly packages: Map<string, number>;
  readonly external: readonly string[];
  readonly files: readonly string[];
}

let bundles: Map<string, Bundled>;

beforeAll(async () => {
  const { functions } = await compileProject();
  const handlers = Object.fromEntries(functions.map(({ key, handler }) => [key, handler]));
  const built = Object.entries(await bundleFunctions(process.cwd(), handlers));
  bundles = new Map(
    built.map(([key, { packages, externalModules, files }]) => {
      const bytes = new Map(packages.map((one) => [one.name, one.bytes]));
      return [key, { packages: bytes, external: externalModules, files: Object.keys(files) }];
    }),
  );
});

const holding = (name: string) =>
  [...bundles].filter(([, { packages }]) => packages.has(name)).map(([key]) => key);

describe('a bundle', () => {
  it('has an SQS client only where a queue is served, and an SNS client only where something is published', () => {
    expect(holding('@aws-sdk/client-sqs').sort()).toEqual(['metadata', 'renditions']);
    expect(holding('@aws-sdk/client-sns').sort()).toEqual([
      ...['deleteImage', 'metadata', 'reconcile', 'renditions', 'reprocessImage'],
    ]);
  });

  it('parses nothing of an original: what does lies beside it, for a process of its own', () => {
    for (const parser of ['saxes', 'file-type']) expect(holding(parser)).toEqual([]);
  });

  it('has sharp beside it only where images are developed', () => {
    const withSharp = [...bundles].filter(([, { external }]) => external.includes('sharp'));

    expect(withSharp.map(([key]) => key)).toEqual(['renditions']);
  });

  it('has no fonts: they are in the layer, beside sharp', () => {
    const withFonts = [...bundles].filter(([, { files }]) => files.some((file) => file.includes('fonts/')));

    expect(withFonts).toEqual([]);
  });

  it('has no tracer, and of zod what a check of a few strings needs', () => {
    for (const [key, { packages }] of bundles) {
      expect(packages.has('@aws-lambda-powertools/tracer'), key).toBe(false);
      expect(packages.has('aws-xray-sdk-core'), key).toBe(false);
      expect(packages.get('zod') ?? 0, key).toBeLessThan(30_000);
    }
  });

  it('is the project’s own code alone where nothing is asked of AWS', () => {
    for (const key of ['health', 'openApi'])
      expect([...(bundles.get(key)?.packages.keys() ?? [])]).toEqual(['darkroom']);
  });
});
