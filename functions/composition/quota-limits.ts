// An owner's quotas, out of a function's configuration.

import type { Config } from '../../shared/config.ts';
import type { QuotaLimits } from '../../shared/domain/quota.ts';

export function quotaLimits(config: Omit<Config<'getUsage'>, 'IMAGES_TABLE'>): QuotaLimits {
  return {
    openUploads: config.MAX_OPEN_UPLOADS,
    images: config.MAX_IMAGES,
    bytes: config.MAX_STORED_BYTES,
    rejectedPerHour: config.MAX_REJECTED_PER_HOUR,
  };
}
