// GET /usage: wiring only.

import { Logger } from '@aws-lambda-powertools/logger';
import { getUsage } from '../shared/api/usage/get-usage.ts';
import { createTableClient } from '../shared/aws/clients.ts';
import { createOwnerLedger } from '../shared/aws/owner-ledger.ts';
import { readConfig } from '../shared/config.ts';
import { createOwnersHandler } from '../shared/lambda/owner.ts';
import { quotaLimits } from './composition/quota-limits.ts';

const config = readConfig('getUsage');
const dependencies = {
  ledger: createOwnerLedger(createTableClient(), config.IMAGES_TABLE),
  limits: quotaLimits(config),
};

export const handler = createOwnersHandler(
  async (ownerId) => getUsage(dependencies, ownerId),
  new Logger({ serviceName: 'get-usage' }),
);
