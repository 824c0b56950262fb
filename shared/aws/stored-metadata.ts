// How an image's metadata is stored: with short names, which are half of it otherwise. DynamoDB charges for them as for values.

import type { ImageMetadata } from '../domain/metadata.ts';

type Group = 'camera' | 'exposure' | 'location' | 'description';
type Name = keyof ImageMetadata | { [G in Group]: keyof NonNullable<ImageMetadata[G]> }[Group];

const storedNames = {
  ...{ format: 'f', subformat: 'sf', width: 'w', height: 'h', storedWidth: 'sw', storedHeight: 'sh' },
  ...{ orientation: 'o', hasAlpha: 'a', frames: 'n', durationMs: 'ms', bitDepth: 'b', colorSpace: 'cs' },
  ...{ iccProfile: 'ip', densityPpi: 'p', capturedAt: 'at', notes: 'no' },
  ...{ camera: 'c', make: 'mk', model: 'mo', lens: 'le', software: 'so' },
  ...{ exposure: 'e', timeSeconds: 's', fNumber: 'fn', iso: 'i', focalLengthMm: 'fl' },
  ...{ focalLength35mm: 'fe', flashFired: 'ff' },
  ...{ location: 'l', latitude: 'la', longitude: 'lo', altitude: 'al', accuracyMeters: 'ac' },
  ...{ description: 'd', title: 't', creators: 'cr', copyright: 'cy', keywords: 'k', rating: 'r' },
} as const satisfies Record<Name, string>;
const names = Object.fromEntries(Object.entries(storedNames).map(([name, stored]) => [stored, name]));

export function storeMetadata(metadata: unknown): unknown {
  return renamed(metadata, storedNames);
}

export function readMetadata(stored: unknown): unknown {
  return renamed(stored, names);
}

/** Whatever is no map is left as it is, and so is a name that is none of these. */
function renamed(value: unknown, by: Readonly<Record<string, string>>): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, of]) => [by[name] ?? name, renamed(of, by)]));
}
