// What XMP says: title, description, people, rights, keywords, rating; and camera, time and place where EXIF has none.

import sax from 'sax';
import { captureTime } from './capture-time.ts';
import { type DescriptiveMetadata, defined, nonEmpty } from './exif.ts';
import { xmpLocation } from './location.ts';
import { cleanText, cleanTexts } from './text.ts';

const maxPacketBytes = 1024 * 1024;
const maxValues = 5000;

/** Namespaces by what this module calls them; files may use any prefix. */
const namespaces: Readonly<Record<string, string>> = {
  'http://purl.org/dc/elements/1.1/': 'dc',
  'http://ns.adobe.com/xap/1.0/': 'xmp',
  'http://ns.adobe.com/tiff/1.0/': 'tiff',
  'http://ns.adobe.com/exif/1.0/': 'exif',
  'http://ns.adobe.com/exif/1.0/aux/': 'aux',
  'http://ns.adobe.com/photoshop/1.0/': 'photoshop',
  'http://cipa.jp/exif/1.0/': 'exifEX',
};
const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';

/** Property -> its values: one, or as many as its list has. */
type Properties = ReadonlyMap<string, readonly string[]>;

/** @param notes receives what was malformed */
export function xmpMetadata(packet: Buffer, notes: string[]): DescriptiveMetadata {
  if (packet.length > maxPacketBytes) {
    notes.push('XMP is too long to be read');
    return {};
  }
  const read = propertiesOf(packet.toString('utf8'), notes);
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

function propertiesOf(text: string, notes: string[]): Properties {
  const properties = new Map<string, string[]>();
  const path: { name: string | undefined; isRdf: boolean; text: string }[] = [];
  let count = 0;
  const add = (name: string, value: string) => {
    count += 1;
    if (count <= maxValues) properties.set(name, [...(properties.get(name) ?? []), value]);
  };
  const parser = sax.parser(true, { xmlns: true, position: false });
  let isBroken = false;
  parser.onerror = () => {
    isBroken = true;
    parser.resume();
  };
  parser.onopentag = (tag) => {
    if (!('uri' in tag)) return;
    const isRdf = tag.uri === rdf;
    const prefix = namespaces[tag.uri];
    path.push({ name: prefix === undefined ? undefined : `${prefix}:${tag.local}`, isRdf, text: '' });
    if (!isRdf) return;
    for (const { uri, local, value } of Object.values(tag.attributes)) {
      const attributePrefix = namespaces[uri];
      if (attributePrefix !== undefined) add(`${attributePrefix}:${local}`, value);
    }
  };
  parser.ontext = (content) => {
    const open = path.at(-1);
    if (open !== undefined && open.text.length < 65_536) open.text += content;
  };
  parser.onclosetag = () => {
    const closed = path.pop();
    const owner = closed?.isRdf ? path.findLast((element) => !element.isRdf) : closed;
    const value = closed?.text.trim() ?? '';
    if (owner?.name !== undefined && value !== '') add(owner.name, value);
  };
  // Packets are padded, and some end in a zero byte.
  parser.write(text.replaceAll('\0', '').trim()).close();
  if (isBroken) notes.push('XMP is not well-formed');
  return properties;
}
