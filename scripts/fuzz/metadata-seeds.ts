// Small, sound files full of metadata of every kind: what the metadata reader's parsers are fed with.

import { gzipSync } from 'node:zlib';
import type { Sharp } from 'sharp';
import type { Seed } from './seed.ts';

const exif = {
  IFD0: {
    Make: 'Acme',
    Model: 'Box',
    Orientation: '6',
    ImageDescription: 'A picture of ünïcödé',
    Artist: 'Somebody',
    Copyright: 'Somebody 2026',
    XResolution: '300/1',
    ResolutionUnit: '2',
  },
  IFD2: {
    DateTimeOriginal: '2026:01:02 03:04:05',
    OffsetTimeOriginal: '+01:00',
    SubSecTimeOriginal: '678',
    ExposureTime: '1/125',
    FNumber: '28/10',
    FocalLength: '50/1',
    Flash: '1',
    LensModel: '50 mm',
  },
  IFD3: {
    GPSLatitudeRef: 'S',
    GPSLatitude: '51/1 30/1 15/10',
    GPSLongitudeRef: 'W',
    GPSLongitude: '0/1 7/1 39/1',
    GPSAltitude: '1234/10',
  },
} as const;

const xmp = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 xmp:Rating="4" xmp:CreatorTool="Editor" exif:GPSLatitude="40,26.767N" exif:GPSLongitude="79,58.93W" exif:GPSAltitude="120/10">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">A title &amp; more</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>Somebody</rdf:li><rdf:li>Else</rdf:li></rdf:Seq></dc:creator>
<dc:subject><rdf:Bag><rdf:li>sea</rdf:li><rdf:li><![CDATA[sky]]></rdf:li></rdf:Bag></dc:subject>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

const drawing = `<?xml version="1.0"?><!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 48">
<style>@font-face{font-family:"x}";src:url(a.woff)} .a, g > rect:not(#b){fill:url(#p);filter:blur(1px)} @media all{*{mask:none}}</style>
<defs><pattern id="p" width="9" height="9" patternUnits="userSpaceOnUse"><circle r="4"/></pattern><marker id="m"><path d="M0 0L9 9"/></marker>
<mask id="k"><rect width="64" height="48" fill="white"/></mask><clipPath id="c"><circle r="30"/></clipPath></defs>
<g class="a b" mask="url(#k)"><rect id="r" width="20" height="20"/><use href="#r" x="9" clip-path="url(#c)"/></g>
<path d="M0 0L30 30L0 48z" marker-mid="url(#m)" style="fill:none;stroke:red;mix-blend-mode:multiply"/>
<image width="9" height="9" href="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="/>
<text x="2" y="40">text<tspan>span</tspan></text></svg>`;

/** @param picture makes a new pipeline each time */
export async function metadataSeeds(picture: () => Sharp): Promise<Seed[]> {
  const full = () => picture().withExif(exif).withXmp(xmp).withIccProfile('p3');
  const formats = ['jpeg', 'png', 'webp', 'tiff', 'avif'] as const;
  const made = formats.map(async (format) => {
    const file = await full().toFormat(format).toBuffer();
    return { name: `full-metadata.${format}`, file };
  });
  const jpeg = await picture().jpeg().toBuffer();
  return [
    ...(await Promise.all(made)),
    { name: 'iptc.jpg', file: Buffer.concat([jpeg.subarray(0, 2), photoshopSegment(), jpeg.subarray(2)]) },
    { name: 'styled.svg', file: Buffer.from(drawing) },
    { name: 'styled.svgz', file: gzipSync(drawing) },
  ];
}

function photoshopSegment(): Buffer {
  const datasets = [
    dataset(1, 90, '\x1b%G'),
    dataset(2, 5, 'A title'),
    dataset(2, 25, 'sea'),
    dataset(2, 25, 'sky'),
    dataset(2, 80, 'Somebody'),
    dataset(2, 120, 'A longer description'),
  ];
  const iptc = Buffer.concat(datasets);
  const resource = Buffer.concat([Buffer.from('8BIM\x04\x04\0\0\0\0', 'latin1'), Buffer.alloc(2), iptc]);
  resource.writeUInt32BE(iptc.length, 8);
  const body = Buffer.concat([Buffer.from('Photoshop 3.0\0', 'latin1'), resource]);
  const head = Buffer.from([0xff, 0xed, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

function dataset(record: number, number: number, text: string): Buffer {
  const body = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x1c, record, number, 0, body.length]), body]);
}
