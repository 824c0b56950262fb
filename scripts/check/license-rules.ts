// Which licenses may ship, and how. Pure.

/** Licenses that ask for no more than their text to be kept. */
const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
]);

/** Licenses that ask for more, and the modules that may come under them: each is named in NOTICE. */
const conditional: readonly { module: RegExp; licenses: readonly string[]; verdict: Verdict }[] = [
  // Loaded at run time from a node_modules of their own, so that a recipient can put another build in their place.
  {
    module: /^@img\/sharp-(libvips|win32|wasm32)/,
    licenses: ['LGPL-3.0-or-later'],
    verdict: 'separate module',
  },
  { module: /^libheif-js$/, licenses: ['LGPL-3.0'], verdict: 'separate module' },
  // Bitstream Vera's license: the fonts may be used and shipped by anyone, but not sold by themselves.
  {
    module: /^dejavu-fonts-ttf$/,
    licenses: ['SEE LICENSE IN README.md AND LICENSE'],
    verdict: 'allowed',
  },
];

export type Verdict = 'allowed' | 'separate module' | 'refused';

export interface LicenseFinding {
  readonly name: string;
  readonly license: string;
  readonly verdict: Verdict;
}

export interface LockFile {
  readonly packages: Readonly<
    Record<
      string,
      {
        version?: string;
        license?: string;
        dev?: boolean;
        devOptional?: boolean;
        link?: boolean;
        /** Of the project itself: folders of packages that are its own. */
        workspaces?: readonly string[];
      }
    >
  >;
}

export interface ShippedModule {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** Every module of others that production installs, on any platform. */
export function shippedModules({ packages }: LockFile): ShippedModule[] {
  const own = ['', ...(packages['']?.workspaces ?? [])];
  return (
    Object.entries(packages)
      // A link says nothing of itself: the folder that it leads to is listed too.
      .filter(([path, { dev, devOptional, link }]) => !own.includes(path) && !dev && !devOptional && !link)
      .map(([path, { version = '', license = 'none stated' }]) => {
        const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
        return { name, version, license };
      })
  );
}

/** What is thought of the license of each. */
export function licenseFindings(lockFile: LockFile): LicenseFinding[] {
  return shippedModules(lockFile).map(({ name, license }) => ({
    name,
    license,
    verdict: verdictOn(name, license),
  }));
}

/** Of alternatives one must do, of a conjunction all. Anything that is not understood is refused. */
function verdictOn(name: string, license: string): Verdict {
  const exception = conditional.find(({ module }) => module.test(name));
  // As it stands, whatever words it is made of.
  if (exception?.licenses.includes(license)) return exception.verdict;
  const isAllowed = (one: string) => permissive.has(one) || exception?.licenses.includes(one);
  const alternatives = license.replaceAll(/[()]/g, '').split(' OR ');
  if (!alternatives.some((alternative) => alternative.split(' AND ').every(isAllowed))) return 'refused';
  return exception?.verdict ?? 'allowed';
}
