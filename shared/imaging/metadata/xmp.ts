// What XMP says: title, description, people, rights, keywords, rating; and camera, time and place where EXIF has none.

import { captureTime } from './capture-time.ts';
import { type DescriptiveMetadata, defined, nonEmpty } from './exif.ts';
import { xmpLocation } from './location.ts';
import { cleanText, cleanTexts } from './text.ts';
import { xmpProperties } from './xmp-properties.ts';

const maxPacketBytes = 1024 * 1024;

/** Namespaces by what this module calls them; files may use any prefix. */
const namespaces: ReadonlyMap<string, string> = new Map([
  ['http://purl.org/dc/elements/1.1/', 'dc'],
  ['http://ns.adobe.com/xap/1.0/', 'xmp'],
  ['http://ns.adobe.com/tiff/1.0/', 'tiff'],
  ['http://ns.adobe.com/exif/1.0/', 'exif'],
  ['http://ns.adobe.com/exif/1.0/aux/', 'aux'],
  ['http://cipa.jp/exif/1.0/', 'exifEX'],
]);

/** @param notes receives what was malformed */
export function xmpMetadata(packet: Buffer, notes: string[]): DescriptiveMetadata {
  if (packet.length > maxPacketBytes) {
    notes.push('XMP is too long to be read');
    return {};
  }
  const read = xmpProperties(packet.toString('utf8'), namespaces, notes);
  const one = (name: string, maxLength?: number) => cleanText(read.get(name)?.[0], maxLength);
  const some = (name: string) => {
    const texts = cleanTexts(read.get(name) ?? []);
    return texts.length === 0 ? undefined : texts;
  };
  const taken = one('exif:DateTimeOriginal');
  const [latitude, longitude] = [one('exif:GPSLatitude'), one('exif:GPSLongitude')];
  return defined({
    camera: nonEmpty({
      make: one('tiff:Make'),
      model: one('tiff:Model'),
      lens: one('exifEX:LensModel') ?? one('aux:Lens'),
      software: one('xmp:CreatorTool'),
    }),
    capturedAt: taken === undefined ? undefined : captureTime(taken),
    location:
      latitude === undefined || longitude === undefined
        ? undefined
        : xmpLocation(latitude, longitude, one('exif:GPSAltitude'), notes),
    description: nonEmpty({
      title: one('dc:title'),
      description: one('dc:description', 2000),
      creators: some('dc:creator'),
      copyright: one('dc:rights', 500),
      keywords: some('dc:subject'),
      rating: rating(one('xmp:Rating')),
    }),
  });
}

/** -1 rejected, 0 none, 1 to 5. */
function rating(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && Number.isInteger(value) && value >= -1 && value <= 5 ? value : undefined;
}
