// The bill of materials of one zip: every module that is in it, by name, release, license and hash, as the lock file has it.
// CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/). No dates: the same zip has the same bill.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { v5 as uuidv5 } from 'uuid';
import { libraryVersions } from './copyleft.ts';

interface LockedModule {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  /** `sha512-` and Base64. */
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface LockFile {
  readonly version: string;
  readonly packages: Readonly<Record<string, LockedModule>>;
}

export interface Zip {
  /** The function's name. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Keys of the lock file. */
  readonly modules: readonly string[];
}

interface Component {
  readonly type: 'library';
  readonly 'bom-ref': string;
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly licenses?: readonly object[];
  readonly purl: string;
  readonly hashes?: readonly object[];
  readonly components?: readonly Component[];
}

/** Of bills: any constant does, so that one zip always has one serial number. */
const serialNamespace = 'ce2a5a4e-8ef0-4c66-8a52-6d1c1f2b3a10';

/** @param modulesFolder what `installLambdaModules` answers: which libraries the native modules were built from is read there */
export async function billOfMaterials(
  { name, bytes, modules }: Zip,
  lock: LockFile,
  modulesFolder: string,
): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const application = `darkroom-${name}@${lock.version}`;
  const components = await Promise.all(
    modules.map(async (path) => componentOf(path, lock, await libraryVersions(join(modulesFolder, path)))),
  );
  const refOf = (path: string) => purlOf(nameOf(path), lock.packages[path]?.version ?? '');
  const document = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidv5(sha256, serialNamespace)}`,
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': application,
        name: `darkroom-${name}`,
        version: lock.version,
        licenses: [{ license: { id: 'Apache-2.0' } }],
        hashes: [{ alg: 'SHA-256', content: sha256 }],
      },
    },
    components,
    dependencies: [
      { ref: application, dependsOn: modules.map(refOf) },
      ...modules.map((path) => ({
        ref: refOf(path),
        dependsOn: dependenciesOf(path, modules, lock).map(refOf),
      })),
    ],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function componentOf(
  path: string,
  { packages }: LockFile,
  libraries: Readonly<Record<string, string>>,
): Component {
  const { version = '', license, integrity = '' } = packages[path] ?? {};
  const fullName = nameOf(path);
  const [name = '', group] = fullName.split('/').reverse();
  const purl = purlOf(fullName, version);
  const within = Object.entries(libraries).map(([library, release]) => libraryIn(library, release));
  return {
    type: 'library',
    'bom-ref': purl,
    ...(group !== undefined && { group }),
    name,
    version,
    ...(license !== undefined && { licenses: [licenseOf(license)] }),
    purl,
    hashes: [
      { alg: 'SHA-512', content: Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex') },
    ],
    ...(within.length > 0 && { components: within }),
  };
}

/** A library that was compiled into a module. */
function libraryIn(name: string, version: string): Component {
  const purl = `pkg:generic/${name}@${version}`;
  return { type: 'library', 'bom-ref': purl, name, version, purl };
}

function licenseOf(license: string): object {
  if (license.startsWith('SEE LICENSE IN')) return { license: { name: license } };
  return /\s/.test(license) ? { expression: license } : { license: { id: license } };
}

/** https://github.com/package-url/purl-spec/blob/main/types-doc/npm-definition.md */
function purlOf(name: string, version: string): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** What the module depends on, found as Node would: in its own folder first, then outwards. */
function dependenciesOf(path: string, modules: readonly string[], { packages }: LockFile): string[] {
  const { dependencies = {}, optionalDependencies = {} } = packages[path] ?? {};
  return Object.keys({ ...dependencies, ...optionalDependencies }).flatMap((name) => {
    for (let from = path; ; from = from.slice(0, from.lastIndexOf('/node_modules/'))) {
      const found = `${from}/node_modules/${name}`;
      if (modules.includes(found)) return [found];
      if (!from.includes('/node_modules/')) break;
    }
    return modules.includes(`node_modules/${name}`) ? [`node_modules/${name}`] : [];
  });
}
