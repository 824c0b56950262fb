// What can go wrong with a call to AWS, and how often: a steady trickle, and outages of one service.

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
  /** The fault that befalls a call to this service now, if any. */
  next(service: string): Fault | undefined;
  /** Whether faults happen at all. */
  isOn: boolean;
}

const trickle = 0.04;
const outage = 0.97;
const outageMilliseconds = 12_000;
const betweenOutagesMilliseconds = 12_000;
/** One at a time: with all of them gone, no worker would be given anything to fail at. */
const services = ['s3', 'dynamodb', 'sns', 'sqs'] as const;

/** @param random in [0, 1) */
export function createFaultPlan(random: () => number = Math.random): FaultPlan {
  const nextOutage = () => ({
    service: services[Math.floor(random() * services.length)],
    beginsAt: Date.now() + betweenOutagesMilliseconds * (0.5 + random()),
  });
  let coming = nextOutage();
  return {
    isOn: false,
    next(service) {
      if (!this.isOn) return undefined;
      const since = Date.now() - coming.beginsAt;
      if (since > outageMilliseconds) coming = nextOutage();
      const isOut = service === coming.service && since >= 0 && since <= outageMilliseconds;
      return random() < (isOut ? outage : trickle) ? faults[Math.floor(random() * faults.length)] : undefined;
    },
  };
}
