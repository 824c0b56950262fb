// Where a tool works: the region, that of serverless.yml unless another is named, and how people call the place.
import { optional, text } from '../terminal/options.ts';

const defaultRegion = 'eu-central-1';

export const regionOption = optional(text, 'NAME', `its region (default: AWS_REGION, or ${defaultRegion})`);

export function regionOr(named: string | undefined): string {
  return named ?? process.env['AWS_REGION'] ?? defaultRegion;
}

/** For people: AWS in a region, or what AWS_ENDPOINT_URL has the SDK call in its place. */
export function placeOf(region: string): string {
  return process.env['AWS_ENDPOINT_URL'] || `AWS ${region}`;
}
