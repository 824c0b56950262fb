// The images table that tests use in place of DynamoDB keeps the contract of the real one.

import { imageTableContract } from '../../support/contracts/image-table/contract.ts';
import { createMemoryImages } from '../../support/memory/image-table.ts';

imageTableContract(async (clock) => createMemoryImages(clock));
