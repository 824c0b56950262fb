// Quotas for tests that have others to look at.

import type { QuotaLimits } from '../../shared/domain/quota.ts';

export const noLimits: QuotaLimits = { openUploads: 1e6, images: 1e9, bytes: 1e15, rejectedPerHour: 1e9 };
