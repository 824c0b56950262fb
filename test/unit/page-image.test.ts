// What the page says of one image.
import { expect, it } from 'vitest';
import type { Image } from '../../client/src/client.ts';
import { factsOf } from '../../web/src/image/facts.ts';
import { formatBytes, formatCamera, formatCapturedAt, formatExposure } from '../../web/src/image/figures.ts';
import { isSigned, pictureSnippet } from '../../web/src/image/snippet.ts';
import { createSwipe, type Pointer } from '../../web/src/image/swipe.ts';
import { pageImage, pageRendition } from './support/page-image.ts';

type Metadata = NonNullable<Image['metadata']>;

const withMetadata = (metadata: Partial<Metadata>) =>
  pageImage({ metadata: { ...(pageImage().metadata as Metadata), ...metadata } });
const textOf = (image: Image, term: string) => factsOf(image).find((fact) => fact.term === term)?.text;

it('names what is known, and leaves out what is not', () => {
  const image = withMetadata({ colorSpace: 'srgb', bitDepth: 8, orientation: 6, iccProfile: 'Display P3' });

  expect(textOf(image, 'Size')).toBe('3000 × 2000 · 6.0 megapixels');
  expect(textOf(image, 'Color space')).toBe('sRGB, 8 bits');
  expect(textOf(image, 'Color profile')).toBe('Display P3');
  expect(textOf(image, 'Stored')).toBe('turned to the left');
  expect(textOf(image, 'Original')).toBe('4.2 MB');
  for (const term of ['Camera', 'Place', 'Taken', 'Frames', 'SHA-256', 'Left out'])
    expect(textOf(image, term)).toBeUndefined();
  expect(factsOf(pageImage({ metadata: null, original: null, placeholder: null }))).toHaveLength(1);
});

it('says a place in figures, with a link to a map', () => {
  const [place] = factsOf(
    withMetadata({ location: { latitude: -33.8567844, longitude: 151.2152967, altitude: -4.6 } }),
  ).filter(({ term }) => term === 'Place');

  expect(place).toEqual({
    term: 'Place',
    text: '-33.856784, 151.215297 · 5 m below the sea',
    href: 'https://www.openstreetmap.org/?mlat=-33.8567844&mlon=151.2152967#map=15/-33.8567844/151.2152967',
  });
});

it.each([
  [{ make: 'Apple', model: 'iPhone XS' }, 'Apple iPhone XS'],
  [{ make: 'Canon', model: 'Canon EOS 5D' }, 'Canon EOS 5D'],
  [{ model: 'Z10' }, 'Z10'],
  [{ make: 'LEICA' }, 'LEICA'],
])('names the camera %j', (camera, name) => {
  expect(formatCamera(camera)).toBe(name);
});

it('says an exposure as photographers do', () => {
  expect(
    formatExposure({ timeSeconds: 0.004, fNumber: 2.8, iso: 100, focalLengthMm: 4.15, focalLength35mm: 29 }),
  ).toBe('1/250 s · f/2.8 · ISO 100 · 4.2 mm (as 29 mm on film)');
  expect(formatExposure({ timeSeconds: 2.5, flashFired: true })).toBe('2.5 s · with flash');
});

it.each([
  ['2020-07-28T19:18:49+03:00', 'July 28, 2020, 19:18 (UTC+03:00)'],
  ['2020-07-28T19:18:49Z', 'July 28, 2020, 19:18 (UTC)'],
  ['2020-07-28T19:18:49.120', 'July 28, 2020, 19:18'],
  ['some day', 'some day'],
])('says when %s was, where it was', (iso, text) => {
  expect(formatCapturedAt(iso)).toBe(text);
});

it.each([
  [999, '999 B'],
  [12_345, '12.3 kB'],
  [999_960, '1.0 MB'],
])('says %i bytes as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it('escapes whatever goes into the HTML for another page', () => {
  const fileName = '"><img src=x onerror=alert(1)>&.jpg';

  expect(pictureSnippet(pageImage({ fileName }))).toBe(`<picture>
  <source type="image/webp" srcset="https://s3/small.webp?a=1&amp;b=2 320w, https://s3/large.webp?a=1&amp;b=2 1600w" sizes="100vw">
  <img src="https://s3/large.webp?a=1&amp;b=2" width="1600" height="1067" alt="&quot;&gt;&lt;img src=x onerror=alert(1)&gt;&amp;.jpg" loading="lazy">
</picture>`);
  expect(pictureSnippet(pageImage({ renditions: [] }))).toBeUndefined();
});

it('knows which URLs run out', () => {
  expect(isSigned(pageImage())).toBe(true);
  const renditions = [{ ...pageRendition('large', 'webp', 1600, 1067), url: 'https://cdn/large.webp' }];
  expect(isSigned(pageImage({ renditions }))).toBe(false);
});

it('takes a finger that goes to the side for a swipe, and no mouse, no second finger, no scrolling', () => {
  const seen: string[] = [];
  const { down, up, cancel } = createSwipe((direction) => seen.push(direction));
  const at = (clientX: number, clientY: number, pointerId = 1, pointerType = 'touch') => ({
    ...{ clientX, clientY, pointerId, pointerType },
  });
  const move = (from: Pointer, to: Pointer) => {
    down(from);
    up(to);
  };

  move(at(300, 100), at(200, 120));
  move(at(100, 100), at(220, 90));
  move(at(300, 100), at(200, 300));
  move(at(300, 100), at(260, 100));
  move(at(300, 100, 1, 'mouse'), at(100, 100, 1, 'mouse'));
  down(at(300, 100));
  move(at(300, 200, 2), at(100, 200, 2));
  up(at(100, 100));
  down(at(300, 100));
  cancel();
  up(at(100, 100));

  expect(seen).toEqual(['left', 'right']);
});
