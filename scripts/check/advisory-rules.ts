// What is known of vulnerabilities in the modules that ship, where no registry can be asked. Pure.

import { satisfies } from 'semver';

type Severity = 'low' | 'moderate' | 'high' | 'critical';

interface Advisory {
  readonly id: string;
  readonly module: string;
  /** A range of the module's releases, as npm writes them. */
  readonly vulnerable: string;
  readonly severity: Severity;
  readonly title: string;
  /** Why it does no harm here, or what keeps it from doing any, until there is a release without it. */
  readonly accepted?: string;
}

/** Advisories that somebody has looked up. */
export interface AdvisorySnapshot {
  /** ISO 8601, a date. */
  readonly readOn: string;
  readonly source: string;
  /** Whose advisories were looked up; `@scope/*` is a whole scope. */
  readonly modules: readonly string[];
  readonly advisories: readonly Advisory[];
}

export interface ShippedModule {
  readonly name: string;
  readonly version: string;
}

export interface AdvisoryFindings {
  readonly open: readonly (Advisory & { readonly version: string })[];
  readonly accepted: readonly (Advisory & { readonly version: string })[];
  /** Modules whose advisories nobody has looked up. */
  readonly unread: readonly string[];
  readonly ageDays: number;
}

export const maxAgeDays = 30;

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** What the snapshot says of these modules. */
export function advisoryFindings(
  snapshot: AdvisorySnapshot,
  shipped: readonly ShippedModule[],
  now: Date,
): AdvisoryFindings {
  const met = shipped.flatMap(({ name, version }) =>
    snapshot.advisories
      .filter(({ module, vulnerable }) => module === name && satisfies(version, vulnerable))
      .map((advisory) => ({ ...advisory, version })),
  );
  const names = [...new Set(shipped.map(({ name }) => name))];
  return {
    open: met.filter(({ accepted }) => accepted === undefined),
    accepted: met.filter(({ accepted }) => accepted !== undefined),
    unread: names.filter((name) => !snapshot.modules.some((pattern) => covers(pattern, name))).sort(),
    ageDays: Math.floor((now.getTime() - Date.parse(snapshot.readOn)) / dayMilliseconds),
  };
}

/** Whether something must be done before this ships. */
export function isBlocking({ open, unread }: AdvisoryFindings): boolean {
  return unread.length > 0 || open.some(({ severity }) => severity === 'high' || severity === 'critical');
}

function covers(pattern: string, name: string): boolean {
  return pattern.endsWith('/*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}
