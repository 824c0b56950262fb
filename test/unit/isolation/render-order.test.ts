import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { variants as allVariants, type Variant } from '../../../shared/domain/variants.ts';
import { defaultLimits } from '../../../shared/imaging/inspect/limits.ts';
import { renderOrder } from '../../../shared/imaging/isolation/render-order.ts';
import { ReportError } from '../../../shared/imaging/isolation/reports.ts';
import { answered, honestImage, honestReport } from './reports.ts';

const variants: readonly Variant[] = allVariants;
const honest = honestReport(variants);
const [first, ...others] = honest.head.renditions;
const html = Buffer.from('<html><script>alert(1)</script>');

const said = (head: unknown, blocks: readonly Buffer[] = honest.blocks) =>
  answered(renderOrder(Buffer.from('original'), variants, defaultLimits), { head, blocks });
const forged = (change: object) => ({ ...honest.head, ...change });

describe('what is made of a report', () => {
  it('is what was ordered', async () => {
    await expect(said(honest.head)).resolves.toEqual(honestImage(variants));
  });

  it('has the frames of an animation where the format has them', async () => {
    const { renditions } = await said(forged({ frames: 300 }));
    expect(renditions.map(({ format, frames }) => `${format} ${frames}`)).toEqual([
      'webp 300',
      'webp 300',
      'webp 300',
      'jpeg 1',
      'webp 300',
    ]);
  });

  it('says nothing but what was ordered, whatever is reported', async () => {
    const anything = fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(honest.head)));
    const keys = fc.constantFrom('ownerId', 'key', '__proto__', 'sha256', ...Object.keys(honest.head));
    const blocks = fc.oneof(
      fc.constant(honest.blocks),
      fc.array(
        fc.uint8Array().map((bytes) => Buffer.from(bytes)),
        { maxLength: 8 },
      ),
      fc.shuffledSubarray(honest.blocks),
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(keys, anything, { maxKeys: 2 }), blocks, async (change, bodies) => {
        const image = await said(forged(change), bodies).catch((error) => error);
        if (!(image instanceof Error)) {
          expect(Object.keys(image).sort()).toEqual(['perceptualHash', 'placeholder', 'renditions']);
          expect(image).toMatchObject({ renditions: honestImage(variants).renditions });
        } else if (image.name !== 'TransientFailure' && image.name !== 'PermanentFailure') {
          expect(image).toBeInstanceOf(ReportError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a report that is forged', () => {
  it.each<[string, unknown, (readonly Buffer[])?]>([
    ['an owner', forged({ ownerId: 'somebody' })],
    ['the key of the original', forged({ original: { bucket: 'b', key: 'originals/x' } })],
    ['objects to delete', forged({ superseded: ['renditions/somebody'] })],
    ['a checksum', forged({ sha256: '0'.repeat(64) })],
    ['a key of a rendition', forged({ renditions: [{ ...first, key: 'renditions/x' }, ...others] })],
    ['a content type', forged({ renditions: [{ ...first, contentType: 'text/html' }, ...others] })],
    ['a variant', forged({ renditions: [{ ...first, variant: 'huge' }, ...others] })],
    ['a field of the placeholder', forged({ placeholder: { ...honest.head.placeholder, html: 'x' } })],
    ['larger dimensions', forged({ renditions: [{ width: 5000, height: 5000 }, ...others] })],
    ['dimensions that are one pixel off', forged({ renditions: [{ width: 160, height: 161 }, ...others] })],
    ['an original of other proportions', forged({ displayed: { width: 300, height: 400 } })],
    ['fractional dimensions', forged({ displayed: { width: 0.5, height: 1 } })],
    ['dimensions of nothing', forged({ displayed: { width: 0, height: 0 } })],
    ['a frame beyond the limit', forged({ frames: 301 })],
    ['no frames', forged({ frames: 0 })],
    ['a rendition less', forged({ renditions: others }), honest.blocks.slice(1)],
    ['a rendition more', forged({ renditions: [first, first, ...others] }), [html, ...honest.blocks]],
    ['a body less', honest.head, honest.blocks.slice(1)],
    ['a body more', honest.head, [...honest.blocks, html]],
    ['a body of HTML', honest.head, [html, ...honest.blocks.slice(1)]],
    ['an empty body', honest.head, [Buffer.alloc(0), ...honest.blocks.slice(1)]],
    ['bodies in another order', honest.head, honest.blocks.toReversed()],
    ['a color that is CSS', forged({ placeholder: { ...honest.head.placeholder, dominantColor: 'url(x)' } })],
    [
      'a long placeholder',
      forged({ placeholder: { ...honest.head.placeholder, thumbHash: 'A'.repeat(44) } }),
    ],
    ['a hash of other digits', forged({ perceptualHash: 'g123456789abcdef' })],
    ['a kind that is unknown', forged({ kind: 'deleted' })],
    ['a kind that was not offered', { kind: 'read', offset: 0, length: 1 }],
    ['a code that is unknown', { kind: 'rejected', code: 'blame-the-client', message: '' }],
    ['a code of messages, not of files', { kind: 'rejected', code: 'malformed-message', message: '' }],
    ['a refusal that has more to say', { kind: 'rejected', code: 'too-large', message: '', ownerId: 'x' }],
    ['an endless message', { kind: 'failed', message: 'x'.repeat(10_001) }],
    ['nothing', null],
    ['a list', [honest.head]],
  ])('with %s is refused', async (_, head, blocks) => {
    await expect(said(head, blocks)).rejects.toBeInstanceOf(ReportError);
  });

  it('with a prototype of its own is refused', async () => {
    const head: unknown = JSON.parse('{"__proto__":{"ownerId":"x"},"kind":"failed","message":""}');
    const { converse } = renderOrder(Buffer.from('original'), variants, defaultLimits);
    const ask = async () => ({ head, blocks: [] });
    await expect(converse({ ask, handOver() {} })).rejects.toBeInstanceOf(ReportError);
  });
});

describe('a failure that is reported', () => {
  it('is told on one line, and no longer than people read', async () => {
    const message = `a\r\nb\u202e\0${'c'.repeat(5000)}`;
    await expect(said({ kind: 'rejected', code: 'too-large', message })).rejects.toMatchObject({
      name: 'PermanentFailure',
      code: 'too-large',
      message: `a  b  ${'c'.repeat(294)}`,
    });
  });

  it('is retried when it is nobody knows whose, and its words go no further than the log', async () => {
    await expect(said({ kind: 'failed', message: 'at decode (x.js:1)\nat y' })).rejects.toMatchObject({
      name: 'TransientFailure',
      code: 'internal',
      message: 'the imaging process failed',
      cause: { message: 'at decode (x.js:1) at y' },
    });
  });
});

it('lets no frame hold more than the bodies that were ordered can have', () => {
  const { answers } = renderOrder(Buffer.alloc(0), variants.slice(0, 1), {
    ...defaultLimits,
    maxAnimationFrames: 1,
  });
  expect(answers.maxBlocks).toBe(1);
  expect(answers.maxBlockBytes).toBe(160 * 160 * 4.5 + 65_536);
  const all = renderOrder(Buffer.alloc(0), variants, defaultLimits);
  expect(all.answers.maxBlockBytes).toBe(256_000_000);
});
