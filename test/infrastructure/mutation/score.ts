// Which mutants are noticed by which rules, and the score by kind.
import type { Deployment, Rule } from '../rules/rule.ts';
import type { Mutant } from './mutant.ts';

/**
 * @returns whether some rule finds a fault in a mutant. A rule that cannot even read the template has noticed, too.
 */
export function createJudge(deployment: Deployment, rules: readonly Rule[]): (mutant: Mutant) => boolean {
  let asked = rules;
  return ({ resources }) => {
    const noticing = asked.find((rule) => {
      try {
        return rule(resources, { ...deployment, resources }).length > 0;
      } catch {
        return true;
      }
    });
    // Mutants come by resource: what notices one often notices the next.
    if (noticing) asked = [noticing, ...asked.filter((rule) => rule !== noticing)];
    return noticing !== undefined;
  };
}

export interface Judged {
  readonly mutant: Mutant;
  readonly isNoticed: boolean;
}

/** A line a kind: how many of its mutants are noticed. */
export function scoreByKind(judged: readonly Judged[]): string[] {
  const kinds = Map.groupBy(judged, ({ mutant }) => mutant.kind);
  const lines = [...kinds].sort().map(([kind, those]) => line(kind, those));
  return [...lines, line('all', judged)];
}

function line(title: string, judged: readonly Judged[]): string {
  const noticed = judged.filter((one) => one.isNoticed).length;
  const percent = Math.floor((100 * noticed) / judged.length);
  return `${title.padEnd(28)} ${String(noticed).padStart(5)} of ${String(judged.length).padStart(5)}  ${percent} %`;
}
