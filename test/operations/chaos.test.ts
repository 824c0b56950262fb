// The parts of chaos that must be trusted before its verdict is: the faults really happen, the ledger really differs.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FaultProxy, startFaultProxy } from '../../scripts/chaos/fault-proxy.ts';
import { createFaultPlan, type Fault, faults } from '../../scripts/chaos/faults.ts';
import { differences, outcomeOf, renderLedger, tally } from '../../scripts/chaos/ledger.ts';
import type { ImageRecord } from '../../shared/domain/image-record.ts';

describe('the fault proxy', () => {
  let upstream: Server;
  let proxy: FaultProxy;
  let fault: Fault | undefined;
  let arrived: string[];

  beforeEach(async () => {
    arrived = [];
    upstream = createServer((request, response) => {
      arrived.push(`${request.headers.host} ${request.url}`);
      response.end('answer');
    });
    await new Promise<void>((fulfil) => upstream.listen(0, '127.0.0.1', fulfil));
    proxy = await startFaultProxy((upstream.address() as AddressInfo).port, {
      isOn: true,
      next: () => fault,
    });
  });
  afterEach(async () => {
    await proxy.close();
    upstream.closeAllConnections();
    upstream.close();
  });

  it('passes calls on as they are, host and all, since that is signed', async () => {
    fault = undefined;

    const response = await fetch(`${proxy.endpoint}/key?x=1`);

    expect(await response.text()).toBe('answer');
    expect(arrived).toEqual([`127.0.0.1:${proxy.port} /key?x=1`]);
  });

  it('refuses or throttles a call before it has any effect', async () => {
    const statuses: number[] = [];
    for (fault of ['unavailable', 'throttled'] as const) statuses.push((await fetch(proxy.endpoint)).status);

    expect(statuses).toEqual([503, 503]);
    expect(arrived).toEqual([]);
  });

  it('breaks the connection, before the call has an effect or after', async () => {
    fault = 'reset';
    await expect(fetch(`${proxy.endpoint}/before`)).rejects.toThrow();
    fault = 'answer-lost';
    await expect(fetch(`${proxy.endpoint}/after`)).rejects.toThrow();

    expect(arrived.map((call) => call.split(' ')[1])).toEqual(['/after']);
    expect(proxy.counts).toMatchObject({ reset: 1, 'answer-lost': 1 });
  });

  it('spares clients that upload by a signed URL', async () => {
    fault = 'unavailable';

    expect((await fetch(`${proxy.endpoint}/key?X-Amz-Signature=abc`)).status).toBe(200);
  });
});

describe('the fault plan', () => {
  it('lets nothing happen until it is on, and every kind of fault then', () => {
    let seed = 1;
    const random = () => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const plan = createFaultPlan(random);
    const idle = Array.from({ length: 100 }, () => plan.next('s3'));
    plan.isOn = true;

    const happened = new Set(Array.from({ length: 5000 }, () => plan.next('s3')));

    expect(idle.every((one) => one === undefined)).toBe(true);
    expect(happened).toEqual(new Set([undefined, ...faults]));
  });
});

describe('the ledger', () => {
  const task = { state: 'done', sequencer: '1', revision: '1', attemptId: 'a', messageId: 'm' } as const;
  const done = { ...task, receiveCount: 1, leaseUntil: 0 };
  const ready = (imageId: string, width: number): ImageRecord => ({
    ...{
      imageId,
      ownerId: 'local',
      updatedAt: imageId,
      sequencer: '1',
      renditionsTask: done,
      metadataTask: done,
    },
    original: { bucket: 'b', key: imageId, eTag: 'e', bytes: 1 },
    renditions: [
      {
        variant: 'thumb',
        format: 'webp',
        contentType: 'image/webp',
        width,
        height: 1,
        frames: 1,
        bytes: 1,
        key: imageId,
      },
    ],
  });
  const expected = new Map([['file', outcomeOf(ready('expected', 100))]]);
  const upload = { imageId: 'one', file: 'file' };

  it('balances when an upload came to what its file comes to, whatever its ID and keys', () => {
    expect(differences([upload], new Map([['one', ready('one', 100)]]), expected)).toEqual([]);
  });

  it('tells of an upload that came to something else, or to nothing', () => {
    expect(differences([upload], new Map([['one', ready('one', 99)]]), expected)).toHaveLength(1);
    expect(differences([upload], new Map(), expected)).toMatchObject([{ imageId: 'one', found: 'unknown ' }]);
  });

  it('shows what is not accounted for', () => {
    const counts = tally([outcomeOf(ready('one', 1)), outcomeOf(undefined)]);

    expect(renderLedger(counts, 2)).toMatch(/ready\s+│\s+1[\s\S]*unknown \(not accounted for\)\s+│\s+1/);
  });
});
