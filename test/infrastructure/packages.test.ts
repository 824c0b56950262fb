// What is uploaded to Lambda: small where nothing heavy is needed, complete where it is, and the same bytes every time.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { compileProject } from '../../scripts/local/template/compile.ts';
import { bundleFunction } from '../../scripts/package/bundle.ts';
import { installLambdaModules, moduleFiles } from '../../scripts/package/lambda-modules.ts';
import { type ZipFiles, zip } from '../../scripts/package/zip.ts';
import { tasks } from '../../shared/domain/tasks.ts';

const serviceDir = process.cwd();
const workers: readonly string[] = tasks;
/** AArch64, at this offset of an ELF file: https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html */
const machineOffset = 18;
const aarch64 = 0xb7;

const moduleIn = /^node_modules\/(@[^/]+\/)?[^/]+/;

let modulesFolder: string;
let packages: ReadonlyMap<string, ZipFiles>;
let bundles: ReadonlyMap<string, ZipFiles>;

beforeAll(async () => {
  const { functions } = await compileProject();
  modulesFolder = await installLambdaModules(serviceDir);
  const built = functions.map(async ({ key, handler }) => {
    const { files, externalModules } = await bundleFunction(serviceDir, handler);
    return { key, files, all: { ...files, ...(await moduleFiles(modulesFolder, externalModules)) } };
  });
  const all = await Promise.all(built);
  packages = new Map(all.map((one) => [one.key, one.all]));
  bundles = new Map(all.map((one) => [one.key, one.files]));
});

test('the API functions hold no sharp and no module beside their bundle', () => {
  const api = [...packages].filter(([key]) => !workers.includes(key));

  expect(api.length).toBeGreaterThanOrEqual(3);
  for (const [key, files] of api) {
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

describe('the renditions function', () => {
  test('stays below 60 MB unzipped', () => {
    expect(bytesOf(filesOf('renditions'))).toBeLessThan(60_000_000);
  });

  test('holds sharp and libvips for the processor and the C library that Lambda has', () => {
    const files = filesOf('renditions');
    const native = Object.keys(files).filter((path) => /\.node$|\.so(\.|$)/.test(path));

    expect(native.some((path) => path.startsWith('node_modules/@img/sharp-linux-arm64/'))).toBe(true);
    expect(native.some((path) => path.startsWith('node_modules/@img/sharp-libvips-linux-arm64/'))).toBe(true);
    for (const path of native) expect(files[path]?.[machineOffset], path).toBe(aarch64);
  });

  test('holds every license text that its modules come with', async () => {
    const files = filesOf('renditions');
    const modules = new Set(Object.keys(files).flatMap((path) => moduleIn.exec(path)?.[0] ?? []));

    expect(modules).toContain('node_modules/sharp');
    for (const module of modules) {
      const names = await readdir(join(modulesFolder, module));
      for (const name of names.filter((one) => /licen[cs]e|notice/i.test(one))) {
        expect(Object.keys(files)).toContain(`${module}/${name}`);
      }
    }
  });
});

test('every bundle comes with the license texts of the modules in it', () => {
  for (const [key, files] of packages) {
    const text = Buffer.from(files['LICENSES.txt'] ?? '').toString();
    if (key === 'health') continue;
    expect(text, key).toMatch(/^zod [\d.]+ \(MIT\)$/m);
    expect(text, key).toContain('Permission is hereby granted, free of charge');
    expect(text, key).toMatch(/^@aws-sdk\/[\w-]+ [\d.]+ \(Apache-2.0\)$/m);
  }
});

test('the same sources give the same bytes', async () => {
  const { functions } = await compileProject();
  for (const { key, handler } of functions.filter((one) =>
    ['createUpload', 'renditions'].includes(one.key),
  )) {
    const again = await bundleFunction(serviceDir, handler);
    expect(hexOf(zip(again.files)), key).toBe(hexOf(zip(bundles.get(key) ?? {})));
  }
});

test('a zip does not depend on the order of its files', () => {
  const one = zip({ 'a.js': new Uint8Array([1]), 'b.js': new Uint8Array([2]) });
  const other = zip({ 'b.js': new Uint8Array([2]), 'a.js': new Uint8Array([1]) });

  expect(hexOf(one)).toBe(hexOf(other));
});

function filesOf(key: string): ZipFiles {
  const files = packages.get(key);
  if (!files) throw new Error(`serverless.yml has no function ${key}`);
  return files;
}

function bytesOf(files: ZipFiles): number {
  return Object.values(files).reduce((sum, { byteLength }) => sum + byteLength, 0);
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
