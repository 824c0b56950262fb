// The region of a tool that was told none: the one that serverless.yml deploys to.
import { optional, text } from '../terminal/options.ts';

const defaultRegion = 'eu-central-1';

export const regionOption = optional(text, 'NAME', `its region (default: AWS_REGION, or ${defaultRegion})`);

export function regionOr(named: string | undefined): string {
  return named ?? process.env['AWS_REGION'] ?? defaultRegion;
}
