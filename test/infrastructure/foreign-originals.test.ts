// Over the compiled template: `foreignOriginals` is the one place that says where else originals may come from.
import { beforeAll, expect, it } from 'vitest';
import { readOriginalSources } from '../../shared/domain/original-sources.ts';
import { type Asked, account, compileStage, functionNames, roleOf, type Stage } from './support/asked.ts';

let without: Stage;
let stage: Stage;

beforeAll(async () => {
  without = await compileStage();
  stage = await compileStage({ foreignOriginals: 'family-photos/2019/, family-photos/2020/,scans' });
});

it.each([
  ['family-photos', '2019/'],
  ['family-photos', '2020/'],
  ['scans', ''],
])('%s/%s is read by whoever works on it, and by the one that signs its URLs', (bucket, prefix) => {
  const object: Asked = ['s3:GetObject', `arn:aws:s3:::${bucket}/${prefix}image.jpg`];
  const missing: Asked = ['s3:ListBucket', `arn:aws:s3:::${bucket}`, { 's3:prefix': `${prefix}image.jpg` }];

  for (const name of functionNames) {
    const isWorker = ['renditions', 'metadata'].includes(name);
    expect(stage.may(roleOf(name), object), name).toBe(isWorker || ['getImage', 'listImages'].includes(name));
    expect(stage.may(roleOf(name), missing), name).toBe(isWorker);
    expect(without.may(roleOf(name), object), name).toBe(false);
    expect(without.may(roleOf(name), missing), name).toBe(false);
  }
});

it('nothing beside them is read', () => {
  const beside: Asked[] = [
    ['s3:GetObject', 'arn:aws:s3:::family-photos/2021/image.jpg'],
    ['s3:ListBucket', 'arn:aws:s3:::family-photos', { 's3:prefix': '2021/' }],
    ['s3:ListBucket', 'arn:aws:s3:::family-photos'],
    ['s3:GetObject', 'arn:aws:s3:::scans-of-others/image.jpg'],
  ];

  for (const name of functionNames)
    for (const asked of beside) expect(stage.may(roleOf(name), asked), `${name}: ${asked}`).toBe(false);
});

it.each(['Renditions', 'Metadata'])('the %s function works on them, the own bucket first', (name) => {
  const sourcesOf = ({ resources }: Stage) =>
    readOriginalSources(
      resources.get(`${name}LambdaFunction`)?.properties.Environment.Variables.ORIGINAL_SOURCES,
    );
  const own = { bucket: `darkroom-prod-originals-${account}-eu-central-1`, prefix: 'originals/' };

  expect(sourcesOf(without)).toEqual({ own, foreign: [] });
  expect(sourcesOf(stage)).toEqual({
    own,
    foreign: [
      { bucket: 'family-photos', prefix: '2019/' },
      { bucket: 'family-photos', prefix: '2020/' },
      { bucket: 'scans', prefix: '' },
    ],
  });
});

it.each(['Photos', 'family-photos/*', 'family-photos/$one', 'a', '*', 'family photos'])(
  'a source that could mean more than itself is refused by name: %s',
  async (name) => {
    await expect(compileStage({ foreignOriginals: name })).rejects.toThrow(
      `foreignOriginals: "${name}" is not a bucket`,
    );
  },
);
