import type { Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Frame,
  FrameAssembler,
  FrameError,
  type FrameLimits,
  sendFrame,
} from '../../../shared/imaging/isolation/frames.ts';

const limits: FrameLimits = { maxHeadBytes: 1_000, maxBlocks: 4, maxBlockBytes: 1_000 };

/** A frame as it goes over the wire, its envelope as given: well-formed or not. */
function wire(envelope: string, blocks = '', length = Buffer.byteLength(envelope)): Buffer {
  const prefix = Buffer.alloc(4);
  prefix.writeUInt32LE(length);
  return Buffer.concat([prefix, Buffer.from(envelope + blocks, 'latin1')]);
}

function assembled(
  chunks: readonly Buffer[],
  expected: () => FrameLimits | undefined = () => limits,
): Frame[] {
  const frames: Frame[] = [];
  const assembler = new FrameAssembler(expected, (frame) => frames.push(frame));
  for (const chunk of chunks) assembler.push(chunk);
  return frames;
}

function sent(head: unknown, blocks: readonly Uint8Array[]): Buffer {
  const stream = new PassThrough();
  sendFrame(stream as unknown as Socket, head, blocks);
  return stream.read() as Buffer;
}

const pieces = (bytes: Buffer, cuts: readonly number[]) => {
  const places = [0, ...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
};

describe('frames', () => {
  it('arrive as they were sent, in whatever pieces', () => {
    const block = fc.uint8Array({ maxLength: 200 });
    const frame = fc.record({
      head: fc.jsonValue({ maxDepth: 2 }),
      blocks: fc.array(block, { maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1, maxLength: 4 }), fc.array(fc.nat()), (frames, cuts) => {
        const bytes = Buffer.concat(frames.map(({ head, blocks }) => sent(head, blocks)));
        const lenient = () => ({ ...limits, maxHeadBytes: 1e6 });
        const expected = frames.map(({ head, blocks }) => ({
          head: JSON.parse(JSON.stringify(head)),
          blocks: blocks.map((one) => Buffer.from(one)),
        }));
        expect(assembled(pieces(bytes, cuts), lenient)).toEqual(expected);
      }),
    );
  });

  it('are refused or keep to their limits, whatever arrives', () => {
    const envelope = fc
      .record({ head: fc.jsonValue(), lengths: fc.oneof(fc.jsonValue(), fc.array(fc.nat(600))) })
      .map((value) => wire(JSON.stringify(value)));
    const chunk = fc.oneof(
      envelope,
      fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)),
    );
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 8 }), (chunks) => {
        try {
          for (const { blocks } of assembled(chunks)) {
            expect(blocks.length).toBeLessThanOrEqual(limits.maxBlocks);
            expect(Buffer.concat(blocks).length).toBeLessThanOrEqual(limits.maxBlockBytes);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a head as long as is allowed', wire(`{"head":"${'x'.repeat(976)}","lengths":[]}`)],
    ['as many blocks as are allowed', wire('{"head":{},"lengths":[0,0,0,0]}')],
    ['blocks as long as are allowed', wire('{"head":{},"lengths":[999,1]}', 'x'.repeat(1_000))],
  ])('may have %s', (_, bytes) => {
    expect(assembled([bytes])).toHaveLength(1);
  });

  it.each([
    ['4 GB', wire('', '', 0xffffffff)],
    ['nothing', wire('', '', 0)],
    ['a head that is a byte too long', wire(`{"head":"${'x'.repeat(977)}","lengths":[]}`)],
    ['a head that is no JSON', wire('{"head":')],
    ['a head that is a number', wire('12345')],
    ['a head without lengths', wire('{"head":{}}')],
    ['a head nested 900 deep', wire('['.repeat(900))],
    ['a length that is negative', wire('{"head":{},"lengths":[-1,1]}')],
    ['a length that is a fraction', wire('{"head":{},"lengths":[0.5]}')],
    ['a length that is a text', wire('{"head":{},"lengths":["1"]}')],
    ['a length without end', wire('{"head":{},"lengths":[1e999]}')],
    ['lengths that are no list', wire('{"head":{},"lengths":{"length":1}}')],
    ['a block of 1 TB', wire('{"head":{},"lengths":[1099511627776]}')],
    ['blocks that are a byte too long together', wire('{"head":{},"lengths":[999,2]}')],
    ['a block too many', wire('{"head":{},"lengths":[0,0,0,0,0]}')],
  ])('of %s are refused before memory is given to them', (_, bytes) => {
    expect(() => assembled([bytes])).toThrow(FrameError);
  });

  it('are refused from the first byte while nobody waits for one', () => {
    expect(() => assembled([Buffer.from('x')], () => undefined)).toThrow(FrameError);
    let isExpected = true;
    const assembler = new FrameAssembler(
      () => (isExpected ? limits : undefined),
      () => {
        isExpected = false;
      },
    );
    const frame = wire('{"head":{},"lengths":[]}');
    expect(() => assembler.push(Buffer.concat([frame, frame]))).toThrow(FrameError);
  });
});
