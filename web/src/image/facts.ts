// What is known of a photo, as terms and what they are: only what is known, and nothing that anybody wrote is more than text. Pure.

import type { Image } from '../../../client/src/client.ts';
import { strings } from '../strings.ts';
import {
  formatBytes,
  formatCamera,
  formatCapturedAt,
  formatDimensions,
  formatExposure,
  formatMegapixels,
  formatName,
} from './figures.ts';

export interface Fact {
  readonly term: string;
  readonly text: string;
  /** Where more about it is. */
  readonly href?: string;
  readonly color?: string;
  /** To be read letter by letter. */
  readonly isCode?: boolean;
}

type Metadata = NonNullable<Image['metadata']>;
const { facts: terms } = strings.image;

export function factsOf(image: Image): readonly Fact[] {
  const { metadata, original, placeholder, perceptualHash, imageId } = image;
  const facts: readonly (Fact | (Omit<Fact, 'text'> & { text: string | undefined }))[] = [
    ...(metadata ? metadataFacts(metadata) : []),
    { term: terms.original, text: original ? formatBytes(original.bytes) : undefined },
    { term: terms.color, text: placeholder?.dominantColor, ...colorOf(placeholder?.dominantColor) },
    { term: terms.perceptualHash, text: perceptualHash ?? undefined, isCode: true },
    { term: terms.thumbHash, text: placeholder?.thumbHash, isCode: true },
    { term: terms.sha256, text: original?.sha256 ?? undefined, isCode: true },
    { term: terms.imageId, text: imageId, isCode: true },
  ];
  return facts.filter((fact): fact is Fact => fact.text !== undefined && fact.text !== '');
}

const colorOf = (color: string | undefined) => (color !== undefined ? { color } : {});

function metadataFacts(metadata: Metadata) {
  const { format, subformat, camera, exposure, description, frames, durationMs, notes } = metadata;
  const { capturedAt, colorSpace, iccProfile, bitDepth, location, orientation, densityPpi } = metadata;
  const seconds = durationMs === undefined ? '' : `, ${(durationMs / 1000).toFixed(1)} s`;
  return [
    { term: terms.title, text: description?.title },
    { term: terms.description, text: description?.description },
    { term: terms.capturedAt, text: capturedAt && formatCapturedAt(capturedAt) },
    { term: terms.camera, text: camera && formatCamera(camera) },
    { term: terms.lens, text: camera?.lens },
    { term: terms.exposure, text: exposure && formatExposure(exposure) },
    { term: terms.software, text: camera?.software },
    ...(location ? [placeFact(location)] : []),
    { term: terms.creators, text: description?.creators?.join(', ') },
    { term: terms.copyright, text: description?.copyright },
    { term: terms.keywords, text: description?.keywords?.join(', ') },
    {
      term: terms.size,
      text: [formatDimensions(metadata), formatMegapixels(metadata)].filter(Boolean).join(' · '),
    },
    { term: terms.format, text: [formatName(format), subformat].filter(Boolean).join(', ') },
    { term: terms.frames, text: frames > 1 ? `${frames}${seconds}` : undefined },
    {
      term: terms.colorSpace,
      text: [colorSpace && formatName(colorSpace), bitDepth && terms.bits(bitDepth)]
        .filter(Boolean)
        .join(', '),
    },
    { term: terms.iccProfile, text: iccProfile },
    { term: terms.orientation, text: orientation === 1 ? undefined : terms.orientations[orientation - 1] },
    { term: terms.density, text: densityPpi === undefined ? undefined : `${densityPpi} ppi` },
    { term: terms.notes, text: notes?.join('. ') },
  ];
}

const formatAltitude = (meters: number) => (meters < 0 ? terms.below(-meters) : terms.above(meters));

function placeFact({
  latitude,
  longitude,
  altitude,
  accuracyMeters,
}: NonNullable<Metadata['location']>): Fact {
  const height = altitude === undefined ? '' : ` · ${formatAltitude(Math.round(altitude))}`;
  const accuracy = accuracyMeters === undefined ? '' : ` · ${terms.accuracy(Math.round(accuracyMeters))}`;
  return {
    term: terms.place,
    text: `${latitude.toFixed(6)}, ${longitude.toFixed(6)}${height}${accuracy}`,
    // https://wiki.openstreetmap.org/wiki/Browsing#Other_URL_tricks
    href: `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=15/${latitude}/${longitude}`,
  };
}
