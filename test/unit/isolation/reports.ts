// What an honest imaging process says, to forge and to compare with; no process is needed to say it.

import { PermanentFailure, TransientFailure } from '../../../shared/domain/errors.ts';
import { outputFormat } from '../../../shared/domain/formats.ts';
import type { Variant } from '../../../shared/domain/variants.ts';
import { targetOf } from '../../../shared/imaging/inspect/geometry.ts';
import type { Frame } from '../../../shared/imaging/isolation/frames.ts';
import type { Order } from '../../../shared/imaging/isolation/order.ts';

export const displayed = { width: 300, height: 200 };

const bodies: Readonly<Record<string, Buffer>> = {
  webp: Buffer.from('RIFF\x10\0\0\0WEBPVP8 pixels', 'latin1'),
  jpeg: Buffer.from('\xff\xd8\xff\xe0pixels', 'latin1'),
};

const orderedOf = (variants: readonly Variant[]) =>
  variants.flatMap((variant) => variant.formats.map((format) => ({ variant, format })));

/** What an honest process says of an original of the displayed dimensions. */
export function honestReport(variants: readonly Variant[]) {
  const ordered = orderedOf(variants);
  return {
    head: {
      kind: 'rendered',
      displayed,
      frames: 1,
      renditions: ordered.map(({ variant }) => {
        const { width, height } = targetOf(displayed, variant);
        return { width, height };
      }),
      placeholder: { thumbHash: 'AAECAwQFBgc=', dominantColor: '#102030' },
      perceptualHash: '0123456789abcdef',
    },
    blocks: ordered.map(({ format }) => bodies[format] ?? Buffer.alloc(0)),
  };
}

/** What may be told of it, and nothing else. */
export function honestImage(variants: readonly Variant[]) {
  const { head, blocks } = honestReport(variants);
  const renditions = orderedOf(variants).map(({ variant, format }, index) => ({
    variant: variant.name,
    format,
    contentType: outputFormat(format).contentType,
    ...head.renditions[index],
    frames: 1,
    body: blocks[index],
  }));
  return { renditions, placeholder: head.placeholder, perceptualHash: head.perceptualHash };
}

/** Has an order answered with frames that are given, one a turn, as they would arrive: through JSON. */
export async function answered<Result>(
  order: Order<Result>,
  ...answers: readonly { readonly head: unknown; readonly blocks?: readonly Buffer[] }[]
): Promise<Result> {
  const left = [...answers];
  const outcome = await order.converse({
    async ask(): Promise<Frame> {
      const { head, blocks = [] } = left.shift() ?? { head: undefined };
      return { head: head === undefined ? undefined : JSON.parse(JSON.stringify(head)), blocks };
    },
    handOver() {},
  });
  if (outcome instanceof PermanentFailure || outcome instanceof TransientFailure) throw outcome;
  return outcome;
}
