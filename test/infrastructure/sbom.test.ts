// The bill of materials beside each zip: it names what is in the zip and nothing else, as npm itself would name it.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { compileProject } from '../../scripts/local/template/compile.ts';
import { packImagingLayer } from '../../scripts/package/imaging-layer.ts';
import { installLambdaModules } from '../../scripts/package/lambda-modules.ts';
import { type FunctionPackage, packFunctions } from '../../scripts/package/pack.ts';
import { billOfMaterials, type LockFile } from '../../scripts/package/sbom.ts';
import { zip } from '../../scripts/package/zip.ts';

interface Component {
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses?: readonly object[];
  readonly components?: readonly Component[];
}

interface Bill {
  readonly serialNumber: string;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as LockFile;
const functionNames = [
  ...[
    'createUpload',
    'getImage',
    'listImages',
    'getRendition',
    'getUsage',
    'reprocessImage',
    'deleteImage',
    'health',
    'openApi',
    'noRoute',
    'renditions',
    'metadata',
    'reconcile',
  ],
  // The layer.
  'imaging',
];

let modulesFolder: string;
const packed = new Map<string, Awaited<ReturnType<typeof withBill>>>();
let byNpm: ReadonlyMap<string, Component>;

beforeAll(async () => {
  modulesFolder = await installLambdaModules(process.cwd());
  const { functions } = await compileProject();
  const handlers = Object.fromEntries(functions.map(({ key, handler }) => [key, handler]));
  for (const [key, own] of Object.entries(await packFunctions(process.cwd(), handlers)))
    packed.set(key, await withBill(key, own));
  packed.set('imaging', await withBill('imaging', await packImagingLayer(process.cwd(), modulesFolder)));
  byNpm = await npmBill();
});

async function withBill(name: string, contents: FunctionPackage) {
  const bytes = zip(contents.files);
  const { modules } = contents;
  const write = () => billOfMaterials({ name, bytes, modules }, lock, modulesFolder);
  const text = await write();
  return { contents, bytes, write, text, bill: JSON.parse(text) as Bill };
}

/** What npm lists of the whole lock file, by package URL. */
async function npmBill(): Promise<Map<string, Component>> {
  const options = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'];
  const { stdout } = await promisify(execFile)('npm', options, { maxBuffer: 64e6 });
  const { components } = JSON.parse(stdout) as Bill;
  return new Map(components.map((component) => [component.purl, component]));
}

function packedAs(name: string) {
  const found = packed.get(name);
  if (found === undefined) throw new Error(`There is no zip of ${name}`);
  return found;
}

test('there is one for every function, and the layer', () => {
  expect([...packed.keys()].sort()).toEqual([...functionNames].sort());
});

describe.each(functionNames)('of %s', (name) => {
  const fullName = ({ group, name: short }: Component) => (group ? `${group}/${short}` : short);

  test('it names the modules in the zip, and no other', () => {
    const { contents, bill } = packedAs(name);
    const root = name === 'imaging' ? 'nodejs/' : '';
    const read = (path: string) => Buffer.from(contents.files[path] ?? '').toString();
    const bundled = [...read(`${root}LICENSES.txt`).matchAll(/^(@?[\w./-]+) (\d[\w.-]*) \([^)]*\)$/gm)];
    const beside = Object.keys(contents.files).filter((path) =>
      /^nodejs\/node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(path),
    );
    const inZip = [
      ...bundled.map(([, module, version]) => `${module} ${version}`),
      ...beside.map((path) => {
        const manifest = JSON.parse(read(path)) as { name: string; version: string };
        return `${manifest.name} ${manifest.version}`;
      }),
    ];

    const listed = bill.components.map((component) => `${fullName(component)} ${component.version}`);
    expect(listed.sort()).toEqual([...new Set(inZip)].sort());
  });

  test('it names each as npm does, by URL, license and hash', () => {
    for (const { purl, licenses, hashes } of packedAs(name).bill.components) {
      const theirs = byNpm.get(purl);
      expect(theirs, purl).toMatchObject({ hashes });
      // npm leaves out a license that a file tells, since it has no identifier.
      expect(licenses, purl).toEqual(
        theirs?.licenses ?? [{ license: { name: expect.stringMatching(/^SEE LICENSE IN /) } }],
      );
    }
  });

  test('nothing in the zip is development’s', () => {
    const { modules } = packedAs(name).contents;

    expect(modules.filter((path) => lock.packages[path]?.dev)).toEqual([]);
  });

  test('it belongs to this zip by its SHA-256', () => {
    const { bytes, bill } = packedAs(name);
    const content = createHash('sha256').update(bytes).digest('hex');

    expect(bill.metadata.component).toMatchObject({
      name: `darkroom-${name}`,
      hashes: [{ alg: 'SHA-256', content }],
    });
  });

  test('it says what depends on what, and refers to nothing that it does not list', () => {
    const { bill } = packedAs(name);
    const refs = new Set(bill.components.map(({ purl }) => purl));
    const [application, ...modules] = bill.dependencies;

    expect(new Set(application?.dependsOn)).toEqual(refs);
    expect(new Set(modules.map(({ ref }) => ref))).toEqual(refs);
    for (const { dependsOn } of modules) expect(dependsOn.filter((ref) => !refs.has(ref))).toEqual([]);
  });

  test('it is the same for the same zip', async () => {
    const { write, text } = packedAs(name);

    expect(await write()).toBe(text);
  });
});

test('libraries that were compiled into a module are listed within it', () => {
  const libvips = packedAs('imaging').bill.components.find(
    ({ name }) => name === 'sharp-libvips-linux-arm64',
  );
  const within = new Map(libvips?.components?.map(({ name, version }) => [name, version]));

  expect(within.size).toBeGreaterThan(20);
  expect(within.get('vips')).toMatch(/^8\.\d+\.\d+$/);
  expect(within.get('heif')).toMatch(/^1\.\d+\.\d+$/);
});

test('sharp is known to bring its libvips', () => {
  const { bill } = packedAs('imaging');
  const sharp = bill.dependencies.find(({ ref }) => ref.startsWith('pkg:npm/sharp@'));

  expect(sharp?.dependsOn.some((ref) => ref.startsWith('pkg:npm/%40img/sharp-libvips-linux-arm64@'))).toBe(
    true,
  );
});
