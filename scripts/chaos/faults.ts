// What can go wrong with a call to AWS, and how often: a steady trickle, and outages in which little gets through.

export const faults = [
  /** Refused before it had any effect. */
  'unavailable',
  'throttled',
  'reset',
  /** It took effect, but the answer never arrives. */
  'answer-lost',
  'late',
] as const;
export type Fault = (typeof faults)[number];

export interface FaultPlan {
  /** The fault that befalls a call now, if any. */
  next(): Fault | undefined;
  /** Whether faults happen at all. */
  isOn: boolean;
}

const trickle = 0.04;
const outage = 0.9;
const outageMilliseconds = 2000;
const betweenOutagesMilliseconds = 15_000;

/** @param random in [0, 1) */
export function createFaultPlan(random: () => number = Math.random): FaultPlan {
  let outageBeginsAt = Date.now() + betweenOutagesMilliseconds * random();
  return {
    isOn: false,
    next() {
      if (!this.isOn) return undefined;
      const sinceOutage = Date.now() - outageBeginsAt;
      if (sinceOutage > outageMilliseconds) {
        outageBeginsAt = Date.now() + betweenOutagesMilliseconds * (0.5 + random());
      }
      const probability = sinceOutage >= 0 && sinceOutage <= outageMilliseconds ? outage : trickle;
      return random() < probability ? faults[Math.floor(random() * faults.length)] : undefined;
    },
  };
}
