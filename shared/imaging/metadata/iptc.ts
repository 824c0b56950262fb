// IPTC datasets (IIM 4.2, application record): what news and stock photos carry where XMP is missing.

import { type DescriptiveMetadata, defined, nonEmpty } from './exif.ts';
import { cleanText, cleanTexts, decodedText } from './text.ts';

const maxDatasets = 2000;
/** Of one kind: more than are ever kept. */
const maxValues = 200;
/** Of one value: more than is ever kept of it. */
const maxTextBytes = 8 * 1024;
const datasetMarker = 0x1c;

const codedCharacterSet = '1:90';
const utf8Escape = '\x1b%G';

type Name = 'title' | 'keywords' | 'creators' | 'copyright' | 'description';

const names: ReadonlyMap<string, Name> = new Map([
  ['2:5', 'title'],
  ['2:25', 'keywords'],
  ['2:80', 'creators'],
  ['2:116', 'copyright'],
  ['2:120', 'description'],
]);

export function iptcMetadata(iptc: Buffer): DescriptiveMetadata {
  const values = new Map<Name, Buffer[]>();
  let isUtf8 = false;
  for (const { key, body } of datasets(iptc)) {
    if (key === codedCharacterSet) isUtf8 = body.toString('latin1', 0, 16) === utf8Escape;
    const name = names.get(key);
    if (name === undefined) continue;
    const bodies = values.get(name) ?? [];
    if (bodies.length < maxValues) values.set(name, [...bodies, body.subarray(0, maxTextBytes)]);
  }
  const texts = (name: Name) => (values.get(name) ?? []).map((body) => decode(body, isUtf8));
  const some = (name: Name) => {
    const clean = cleanTexts(texts(name));
    return clean.length === 0 ? undefined : clean;
  };
  return defined({
    description: nonEmpty({
      title: cleanText(texts('title')[0]),
      description: cleanText(texts('description')[0], 2000),
      creators: some('creators'),
      copyright: cleanText(texts('copyright')[0], 500),
      keywords: some('keywords'),
    }),
  });
}

function* datasets(iptc: Buffer): Generator<{ key: string; body: Buffer }> {
  let at = 0;
  for (let count = 0; at + 5 <= iptc.length && count < maxDatasets; count += 1) {
    if (iptc[at] !== datasetMarker) return;
    const length = iptc.readUInt16BE(at + 3);
    // The top bit announces a longer length, for datasets of more than 32 kilobytes: pictures, never text.
    if (length > 0x7fff) return;
    yield { key: `${iptc[at + 1]}:${iptc[at + 2]}`, body: iptc.subarray(at + 5, at + 5 + length) };
    at += 5 + length;
  }
}

function decode(body: Buffer, isUtf8: boolean): string {
  return isUtf8 ? new TextDecoder('utf-8').decode(body) : decodedText(body);
}
