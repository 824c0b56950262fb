// What is uploaded to Lambda: small where nothing heavy is needed, complete where it is, and the same bytes every time.

import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { compileProject } from '../../scripts/local/template/compile.ts';
import { packImagingLayer } from '../../scripts/package/imaging-layer.ts';
import { installLambdaModules } from '../../scripts/package/lambda-modules.ts';
import { packFunctions } from '../../scripts/package/pack.ts';
import { type ZipFiles, zip } from '../../scripts/package/zip.ts';

const serviceDir = process.cwd();
/** AArch64, at this offset of an ELF file: https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html */
const machineOffset = 18;
const aarch64 = 0xb7;

const moduleIn = /^nodejs\/node_modules\/(@[^/]+\/)?[^/]+/;
const imaging = 'imaging';

let modulesFolder: string;
let packages: ReadonlyMap<string, ZipFiles>;
const needingLayer: string[] = [];

beforeAll(async () => {
  const { functions } = await compileProject();
  modulesFolder = await installLambdaModules(serviceDir);
  const handlers = Object.fromEntries(functions.map(({ key, handler }) => [key, handler]));
  const packed = Object.entries(await packFunctions(serviceDir, handlers));
  for (const [key, { needsImagingLayer }] of packed) if (needsImagingLayer) needingLayer.push(key);
  const { files } = await packImagingLayer(serviceDir, modulesFolder);
  packages = new Map([...packed.map(([key, own]) => [key, own.files] as const), [imaging, files]]);
});

test('functions hold no module beside their bundle: what is large is in the layer', () => {
  const functions = [...packages].filter(([key]) => key !== imaging);

  expect(functions.length).toBeGreaterThanOrEqual(3);
  for (const [key, files] of functions) {
    const paths = Object.keys(files);
    expect(
      paths.filter((path) => path.startsWith('node_modules/')),
      key,
    ).toEqual([]);
    expect(
      paths.some((path) => path.endsWith('.js')),
      key,
    ).toBe(true);
    expect(bytesOf(files), key).toBeLessThan(3_000_000);
  }
});

test('the renditions function alone needs the layer', () => {
  expect(needingLayer).toEqual(['renditions']);
});

describe('the layer of imaging', () => {
  /** Lambda adds both up: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
  test('stays below 60 MB unzipped, with the function', () => {
    expect(bytesOf(filesOf(imaging)) + bytesOf(filesOf('renditions'))).toBeLessThan(60_000_000);
  });

  test('lies where Lambda’s NODE_PATH looks, fonts beside the modules', () => {
    const paths = Object.keys(filesOf(imaging));
    const folders = new Set(paths.map((path) => path.split('/').slice(0, 2).join('/')));

    expect([...folders].sort()).toEqual([
      ...['nodejs/LICENSES.txt', 'nodejs/NOTICE', 'nodejs/fonts', 'nodejs/node_modules'],
    ]);
    expect(paths).toContain('nodejs/fonts/DejaVuSans.ttf');
    expect(paths).toContain('nodejs/fonts/fonts.conf');
    expect(Buffer.from(filesOf(imaging)['nodejs/LICENSES.txt'] ?? '').toString()).toContain(
      'dejavu-fonts-ttf',
    );
  });

  test('holds sharp and libvips for the processor and the C library that Lambda has', () => {
    const files = filesOf(imaging);
    const native = Object.keys(files).filter((path) => /\.node$|\.so(\.|$)/.test(path));

    expect(native.some((path) => path.startsWith('nodejs/node_modules/@img/sharp-linux-arm64/'))).toBe(true);
    expect(
      native.some((path) => path.startsWith('nodejs/node_modules/@img/sharp-libvips-linux-arm64/')),
    ).toBe(true);
    for (const path of native) expect(files[path]?.[machineOffset], path).toBe(aarch64);
  });

  test('holds every license text that its modules come with', async () => {
    const files = filesOf(imaging);
    const modules = new Set(Object.keys(files).flatMap((path) => moduleIn.exec(path)?.[0] ?? []));

    expect(modules).toContain('nodejs/node_modules/sharp');
    for (const module of modules) {
      const names = await readdir(join(modulesFolder, module.replace('nodejs/', '')));
      for (const name of names.filter((one) => /licen[cs]e|notice/i.test(one))) {
        expect(Object.keys(files)).toContain(`${module}/${name}`);
      }
    }
  });
});

describe('a library under the LGPL', () => {
  const modulesUnderIt = ['@img/sharp-libvips-linux-arm64', 'libheif-js'];
  const textOf = (path: string) => Buffer.from(filesOf(imaging)[path] ?? '').toString();

  test('lies with nothing else under it', () => {
    const manifests = Object.keys(filesOf(imaging)).filter((path) =>
      /^nodejs\/node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(path),
    );
    const names = manifests.map((path) => JSON.parse(textOf(path)) as { name: string; license?: string });

    expect(
      names
        .filter(({ license }) => license?.includes('GPL'))
        .map(({ name }) => name)
        .sort(),
    ).toEqual(modulesUnderIt);
  });

  test.each(modulesUnderIt)('comes with the texts of the LGPL and the GPL: %s', (name) => {
    expect(textOf(`nodejs/node_modules/${name}/LGPL-3.0.txt`)).toMatch(
      /^\s*GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3/,
    );
    expect(textOf(`nodejs/node_modules/${name}/GPL-3.0.txt`)).toMatch(
      /^\s*GNU GENERAL PUBLIC LICENSE\s+Version 3/,
    );
    expect(textOf(`nodejs/node_modules/${name}/GPL-3.0.txt`)).toContain('END OF TERMS AND CONDITIONS');
  });

  test('comes with where the sources of libvips are, and of all in it that is under the LGPL', () => {
    const folder = 'nodejs/node_modules/@img/sharp-libvips-linux-arm64';
    const versions = JSON.parse(textOf(`${folder}/versions.json`)) as Record<string, string>;
    const table = textOf(`${folder}/README.md`).matchAll(/^\| ([\w-]+) +\| LGPLv3 +\|$/gm);
    const listed = [...table].map(([, library = '']) => library);
    const releaseOf = (library: string) => versions[library] ?? versions[library.replace(/^lib/, '')];

    expect(listed).toContain('libvips');
    for (const library of listed) {
      const line = new RegExp(`^  ${library.replace(/^lib/, '(lib)?')} ${releaseOf(library)}: https://`, 'm');
      expect(textOf(`${folder}/SOURCES.txt`), library).toMatch(line);
    }
  });

  test('comes with where the sources of libheif are', () => {
    const { version } = JSON.parse(textOf('nodejs/node_modules/libheif-js/package.json')) as {
      version: string;
    };

    expect(textOf('nodejs/node_modules/libheif-js/SOURCES.txt')).toContain(
      `release ${version} of https://github.com/catdad-experiments/libheif-js`,
    );
  });
});

test('every zip has the NOTICE', () => {
  for (const key of packages.keys()) {
    const notice = filesOf(key)[key === imaging ? 'nodejs/NOTICE' : 'NOTICE'] ?? '';
    expect(Buffer.from(notice).toString(), key).toContain('LGPL-3.0');
  }
});

test('every bundle comes with the license texts of the modules in it', () => {
  for (const [key, files] of packages) {
    const text = Buffer.from(files['LICENSES.txt'] ?? '').toString();
    if (['health', 'openApi', 'noRoute', imaging].includes(key)) continue;
    expect(text, key).toMatch(/^zod [\d.]+ \(MIT\)$/m);
    expect(text, key).toContain('Permission is hereby granted, free of charge');
    expect(text, key).toMatch(/^@aws-sdk\/[\w-]+ [\d.]+ \(Apache-2.0\)$/m);
  }
});

test('the same sources give the same bytes', async () => {
  // And a bundle does not depend on what is bundled with it.
  const some = {
    createUpload: 'functions/create-upload.handler',
    renditions: 'functions/renditions.handler',
  };
  for (const [key, { files }] of Object.entries(await packFunctions(serviceDir, some)))
    expect(digestOf(zip(files)), key).toBe(digestOf(zip(filesOf(key))));
  // Zipping its 40 MB says nothing more.
  const again = await packImagingLayer(serviceDir, modulesFolder);
  const contents = (files: ZipFiles) => Object.entries(files).map(([path, bytes]) => [path, digestOf(bytes)]);
  expect(contents(again.files)).toEqual(contents(filesOf(imaging)));
});

test('a zip does not depend on the order of its files', () => {
  const one = zip({ 'a.js': new Uint8Array([1]), 'b.js': new Uint8Array([2]) });
  const other = zip({ 'b.js': new Uint8Array([2]), 'a.js': new Uint8Array([1]) });

  expect(digestOf(one)).toBe(digestOf(other));
});

function filesOf(key: string): ZipFiles {
  const files = packages.get(key);
  if (!files) throw new Error(`There is no zip of ${key}`);
  return files;
}

function bytesOf(files: ZipFiles): number {
  return Object.values(files).reduce((sum, { byteLength }) => sum + byteLength, 0);
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
