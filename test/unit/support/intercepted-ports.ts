// Ports whose every call goes through the hands of a test, which may make it, refuse it or let the process die at it.

/** Puts the interception before all methods of a port. */
export type Intercepting = <Port extends object>(port: Port) => Port;

/** @param intercept gets each call before it is made, and decides whether it is */
export function interceptingCalls(
  intercept: (makeCall: () => Promise<unknown>) => Promise<unknown>,
): Intercepting {
  return (port) =>
    new Proxy(port, {
      get(target, name) {
        const method = Reflect.get(target, name) as unknown;
        if (typeof method !== 'function') return method;
        return (...given: unknown[]) => intercept(async () => Reflect.apply(method, target, given));
      },
    });
}

export const uninterrupted: Intercepting = (port) => port;

/** The call at which a process dies, and whether the call has taken effect by then. */
export interface Death {
  readonly at: number;
  readonly isAfter: boolean;
}

/** What every call throws from the death of its process on. */
export class Died extends Error {}

/** The calls of one process, which may die at one of them. */
export function dying(death: Death | undefined): Intercepting {
  let calls = 0;
  let isDead = false;
  return interceptingCalls(async (makeCall) => {
    if (isDead) throw new Died();
    isDead = death?.at === calls;
    calls += 1;
    if (isDead && !death?.isAfter) throw new Died();
    const answer = await makeCall();
    if (isDead) throw new Died();
    return answer;
  });
}
