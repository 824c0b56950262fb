// What the chunks of a PNG behind its header add up to. Of each kind of metadata the first sound one counts.

import { InflateBudget, maxMetadataBytes } from './budget.ts';
import { BufferHeaderReader, type HeaderReader } from './header-reader.ts';
import type { CodePoints, Header } from './inspection.ts';
import { isPngTextType, keywordBytes, pngText, wantedProfile } from './png-text.ts';

/** Chunks of a few fields; more than they have is not read. */
const fieldBytes = 64;

type ReadFields = (body: Buffer, into: PngFindings) => void;

const fieldReaders: ReadonlyMap<string, ReadFields> = new Map<string, ReadFields>([
  ['tRNS', (_, into) => into.set({ isTransparent: true })],
  ['sRGB', (_, into) => into.set({ statesSrgb: true })],
  ['acTL', (body, into) => into.set({ frames: Math.max(1, body.readUInt32BE(0)) })],
  ['fcTL', (body, into) => into.addDelay((body.readUInt16BE(20) * 1000) / (body.readUInt16BE(22) || 100))],
  ['gAMA', (body, into) => into.set({ gamma: body.readUInt32BE(0) })],
  [
    'cICP',
    (body, into) => into.set({ codePoints: { primaries: body.readUInt8(0), transfer: body.readUInt8(1) } }),
  ],
  [
    'pHYs',
    (body, into) => {
      const pixelsPerMeter = body.readUInt32BE(0);
      if (body.readUInt8(8) === 1 && pixelsPerMeter > 0)
        into.set({ density: Math.round(pixelsPerMeter * 0.0254) });
    },
  ],
]);

interface Fields {
  readonly frames: number;
  readonly isTransparent: boolean;
  readonly statesSrgb: boolean;
  readonly density?: number;
  readonly gamma?: number;
  readonly codePoints?: CodePoints;
}

interface Blocks {
  readonly exif?: Buffer;
  readonly xmp?: Buffer;
  readonly iptc?: Buffer;
  readonly icc?: Buffer;
}

export class PngFindings {
  readonly notes: string[] = [];
  readonly #budget = new InflateBudget();
  #fields: Fields = { frames: 1, isTransparent: false, statesSrgb: false };
  #blocks: Blocks = {};
  #durationMs = 0;

  get isTransparent(): boolean {
    return this.#fields.isTransparent;
  }

  set(fields: Partial<Fields>): void {
    this.#fields = { ...this.#fields, ...fields };
  }

  addDelay(milliseconds: number): void {
    this.#durationMs += milliseconds;
  }

  /** False for chunks that need not be looked into. */
  wants(type: string): boolean {
    if (type === 'iCCP') return this.#blocks.icc === undefined;
    if (type === 'eXIf') return this.#blocks.exif === undefined;
    return fieldReaders.has(type) || isPngTextType(type);
  }

  /** A chunk that is malformed is left out with a note. */
  async read(type: string, file: HeaderReader, at: number, length: number): Promise<void> {
    const start = await file.bytes(at, Math.min(length, isPngTextType(type) ? keywordBytes : fieldBytes));
    if (isPngTextType(type) && wantedProfile(start, this.#blocks) === undefined) return;
    try {
      const readFields = fieldReaders.get(type);
      if (readFields !== undefined) {
        readFields(start, this);
      } else if (length > maxMetadataBytes) {
        throw new RangeError('too long to be read');
      } else {
        this.#keep(type, await file.bytes(at, length));
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.notes.push(`the ${type} chunk was left out: ${reason}`);
    }
  }

  header() {
    const { gamma, statesSrgb, isTransparent, ...fields } = this.#fields;
    const { exif, ...blocks } = this.#blocks;
    return {
      ...fields,
      ...blocks,
      ...(exif !== undefined && { exif: new BufferHeaderReader(exif) }),
      ...(this.#durationMs > 0 && { durationMs: this.#durationMs }),
      ...(gamma !== undefined && !statesSrgb && { gamma }),
      notes: this.notes,
    } satisfies Partial<Header>;
  }

  #keep(type: string, body: Buffer): void {
    if (type === 'eXIf') {
      this.#blocks = { ...this.#blocks, exif: body };
    } else if (type === 'iCCP') {
      const nameEnd = body.indexOf(0);
      this.#blocks = { ...this.#blocks, icc: this.#budget.inflate(body.subarray(nameEnd + 2)) };
    } else if (isPngTextType(type)) {
      this.#blocks = { ...pngText(type, body, this.#budget), ...this.#blocks };
    }
  }
}
