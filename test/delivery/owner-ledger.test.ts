// The adapter of owners' ledgers keeps its contract on an engine that evaluates DynamoDB's expressions.

import { afterAll, beforeAll } from 'vitest';
import { createOwnerLedger } from '../../shared/aws/owner-ledger.ts';
import { ownerLedgerContract } from '../support/contracts/owner-ledger.ts';
import { type Dynalite, startDynalite, tableName } from './support/dynalite.ts';

let dynalite: Dynalite;

beforeAll(async () => {
  dynalite = await startDynalite();
});
afterAll(() => dynalite.close());

ownerLedgerContract(async (clock) => createOwnerLedger(dynalite.client, tableName, clock));
