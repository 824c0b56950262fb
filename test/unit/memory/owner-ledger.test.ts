// Owners' ledgers in memory keep their contract.

import { ownerLedgerContract } from '../../support/contracts/owner-ledger.ts';
import { createMemoryLedger } from '../../support/memory/owner-ledger.ts';

ownerLedgerContract(async (clock) => createMemoryLedger(clock));
