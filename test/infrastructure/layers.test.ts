// The layout holds: every rule about imports is seen to refuse what it is for, and nothing in the project breaks one.

import { globSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { patternOf } from '../../scripts/layers/paths.ts';
import { programs, rooms } from '../../scripts/layers/rooms.ts';
import { commonRules, roomRules } from '../../scripts/layers/rules.ts';
import { refusals, sampleProject, spelled, type WriteImport } from './layer-samples.ts';
import { lint, lintPlanted, type Verdict, type Violation } from './planted-project.ts';

const importValue: WriteImport = (module, name) => `export { value as ${name} } from '${module}';\n`;
const importType: WriteImport = (module, name) =>
  `import type { Value as ${name} } from '${module}';\nexport type { ${name} };\n`;
const kinds: Readonly<Record<string, WriteImport>> = {
  value: importValue,
  type: importType,
  'dynamic value': (module, name) => `export const ${name} = () => import('${module}');\n`,
};

/** By the name of each rule that is not a room's: files that break it by one import, the first of them at least. */
type Example = (write: WriteImport) => Readonly<Record<string, string>>;
const examples: Record<(typeof commonRules)[number]['name'], Example> = {
  'every-file-in-a-room': (write) => ({ 'shared/no-room/one.ts': write('node:fs', 'one') }),
  'no-circles': (write) => ({
    'test/circle/one.ts': write('./other.ts', 'one'),
    'test/circle/other.ts': write('./one.ts', 'other'),
  }),
  'no-dead-code': (write) => ({
    'scripts/dead/one.ts': write('./other.ts', 'one'),
    'scripts/dead/other.ts': 'export const value = 1;\nexport type Value = number;\n',
  }),
};

describe.each(Object.entries(kinds))('an import of the kind "%s"', (_kind, write) => {
  let violations: readonly Violation[];
  beforeAll(async () => {
    const filesOfExamples = Object.values(examples).map((example) => example(write));
    const files = Object.assign(sampleProject(write), ...filesOfExamples);
    ({ violations } = await lintPlanted('depcruise', files));
  });

  test('is refused by its room’s rule where the room’s row does not name it, and only there', () => {
    const names: readonly string[] = roomRules.map(({ name }) => name);
    const refused = violations.filter(({ rule }) => names.includes(rule)).map(spelled);

    expect(refused.toSorted()).toEqual(refusals.toSorted());
  });

  test.each(roomRules)('is refused somewhere by the rule of $name', ({ name }) => {
    expect(violations.map(({ rule }) => rule)).toContain(name);
  });

  test.each(commonRules)('is refused where it breaks $name', ({ name }) => {
    const [broken] = Object.keys(examples[name](write));

    expect(violations).toContainEqual(expect.objectContaining({ rule: name, from: broken }));
  });
});

test('one refused import makes the linter fail', async () => {
  const { exitCode } = await lintPlanted('depcruise', { 'functions/one.ts': "import 'node:fs';\n" });

  expect(exitCode).toBe(1);
});

/** The law in a few words, whatever the table says. */
test.each([
  ['shared/domain/', 'shared/config.ts', 'sharp', '@aws-sdk/client-s3', 'node:fs'],
  ['shared/processing/', 'shared/aws/sample.ts', 'shared/lambda/sample.ts', 'shared/imaging/engine.ts'],
  ['shared/reconcile/', 'shared/aws/sample.ts', 'shared/lambda/sample.ts', 'shared/api/sample.ts'],
  ['shared/api/', 'shared/aws/sample.ts', 'shared/lambda/sample.ts', '@aws-sdk/client-s3'],
  ['shared/aws/', 'shared/processing/sample.ts', 'shared/lambda/sample.ts', 'shared/config.ts'],
  ['shared/lambda/', 'shared/aws/sample.ts', 'shared/config.ts', '@aws-sdk/client-s3'],
  [
    'shared/imaging/isolation/',
    'shared/imaging/render/sample.ts',
    'shared/imaging/isolation/child/sample.ts',
  ],
  ['shared/imaging/render/', 'shared/imaging/isolation/sample.ts', 'shared/processing/sample.ts'],
  [
    'shared/imaging/inspect/',
    'shared/imaging/render/sample.ts',
    'shared/imaging/metadata/sample.ts',
    'sharp',
  ],
  ['functions/*.ts', 'functions/other.ts', 'shared/imaging/render/sample.ts', '@aws-sdk/client-s3'],
  ['scripts/local/', 'shared/domain/sample.ts', 'scripts/operations/sample.ts', 'functions/sample.ts'],
])('%s may not import %s', (room, ...modules) => {
  const lines = refusals.filter((line) => line.startsWith(`${room}: `));

  const missing = modules.filter(
    (name) => !lines.some((line) => line.endsWith(` → ${name.replace('node:', '')}`)),
  );
  expect(missing).toEqual([]);
});

test.each(rooms.map((room, row) => ({ ...room, row })))(
  'what $path imports stands below it in the table',
  ({ imports, row }) => {
    if (imports === 'anything') return;
    const above = rooms.slice(0, row + 1).filter(({ path, isReserved }) => {
      return imports.some((one) => one.startsWith(path) || (path.startsWith(one) && !isReserved));
    });

    expect(above.map(({ path }) => path)).toEqual([]);
  },
);

test('a type that is imported in place, where dependency-cruiser may not see it, is refused', async () => {
  const { exitCode, report } = await lintPlanted('biome', {
    'shared/domain/sample.ts': "export type Client = import('@aws-sdk/client-s3').S3Client;\n",
  });

  expect(report).toContain('Import this type at the head of the file');
  expect(exitCode).toBe(1);
});

describe('this project', () => {
  let verdict: Verdict;
  beforeAll(async () => {
    verdict = await lint('depcruise', '.');
  });

  test('breaks no rule about imports: there are no circles and there is no dead code', () => {
    expect(verdict.violations).toEqual([]);
    expect(verdict.exitCode).toBe(0);
  });

  test('has something wherever the table names a path', () => {
    const named = rooms.flatMap(({ path, imports }) => [path, ...(imports === 'anything' ? [] : imports)]);

    expect([...named, ...programs].filter((path) => globSync(path).length === 0)).toEqual([]);
  });

  test('has every file in a room', () => {
    const patterns = rooms.map(({ path }) => new RegExp(patternOf(path)));
    const files = globSync('{functions,shared,client/src,web/src,scripts,test}/**/*.ts');

    expect(files.length).toBeGreaterThan(300);
    expect(files.filter((file) => !patterns.some((pattern) => pattern.test(file)))).toEqual([]);
  });
});
