// Owners' ledgers in memory. They keep the contract that the adapter on DynamoDB keeps (test/support/contracts/owner-ledger.ts).

import type { OwnerLedger } from '../../../shared/api/ports.ts';
import { exceededBy, hourOf, type LedgerRecord, usageOf } from '../../../shared/domain/quota.ts';
import type { Ledger } from '../../../shared/processing/ports.ts';

type Draft = { -readonly [Name in keyof LedgerRecord]: LedgerRecord[Name] } & {
  open: Record<string, number>;
  moving: Record<string, string>;
};

const empty = (): Draft => ({ images: 0, bytes: 0, open: {}, moving: {} });

export function createMemoryLedger(clock: () => Date = () => new Date()): Ledger & OwnerLedger {
  const ledgers = new Map<string, Draft>();

  /** Changes a ledger if there is one, and it is not refused. */
  function write(ownerId: string, change: (ledger: Draft) => boolean): boolean {
    const ledger = ledgers.get(ownerId);
    return ledger !== undefined && change(ledger);
  }

  function count(ledger: Draft, by: 1 | -1, bytes: number): void {
    ledger.images += by;
    ledger.bytes += by * bytes;
  }

  return {
    read: async (ownerId) => structuredClone(ledgers.get(ownerId)),

    async reserve(ownerId, { imageId, bytes }, limits, isFirst) {
      if (isFirst && !ledgers.has(ownerId)) ledgers.set(ownerId, empty());
      return write(ownerId, (ledger) => {
        if (imageId in ledger.open || exceededBy(bytes, usageOf(ledger, clock()), limits)) return false;
        ledger.open[imageId] = bytes;
        count(ledger, 1, bytes);
        return true;
      });
    },

    async retakeWithin(ownerId, { imageId, bytes, changeId }, limits) {
      return write(ownerId, (ledger) => {
        const exceeded = exceededBy(bytes, { ...usageOf(ledger, clock()), openUploads: 0 }, limits);
        if (exceeded || ledger.moving[imageId] === changeId) return false;
        ledger.moving[imageId] = changeId;
        count(ledger, 1, bytes);
        return true;
      });
    },

    async close(ownerId, imageId) {
      write(ownerId, (ledger) => delete ledger.open[imageId]);
    },

    async expire(ownerId, imageId, bytes) {
      write(ownerId, (ledger) => {
        if (!(imageId in ledger.open)) return false;
        delete ledger.open[imageId];
        count(ledger, -1, bytes);
        return true;
      });
    },

    async release(ownerId, { imageId, bytes, changeId }, { isRejection }) {
      write(ownerId, (ledger) => {
        if (ledger.moving[imageId] === changeId || ledger.images < 1 || ledger.bytes < bytes) return false;
        ledger.moving[imageId] = changeId;
        delete ledger.open[imageId];
        count(ledger, -1, bytes);
        if (!isRejection) return true;
        ledger.rejectedCount = usageOf(ledger, clock()).rejectedPerHour + 1;
        ledger.rejectedHour = hourOf(clock());
        return true;
      });
    },

    async retake(ownerId, { imageId, bytes, changeId }) {
      write(ownerId, (ledger) => {
        if (ledger.moving[imageId] === changeId) return false;
        ledger.moving[imageId] = changeId;
        count(ledger, 1, bytes);
        return true;
      });
    },

    async undoRetake(ownerId, { imageId, bytes, changeId }) {
      write(ownerId, (ledger) => {
        if (ledger.moving[imageId] !== changeId) return false;
        delete ledger.moving[imageId];
        count(ledger, -1, bytes);
        return true;
      });
    },

    async forget(ownerId, { imageId, changeId }) {
      write(ownerId, (ledger) => ledger.moving[imageId] === changeId && delete ledger.moving[imageId]);
    },
  };
}
