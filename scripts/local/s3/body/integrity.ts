// The digests that a request announces for its bytes (MD5, SHA-256, one checksum), compared with those that came.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
import { S3Error } from '../errors.ts';
import type { Payload } from '../signature/payload.ts';
import { type ChecksumAlgorithm, checksumAlgorithms, isBase64Of, isChecksumAlgorithm } from './checksums.ts';

export interface StoredChecksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly base64: string;
}

export interface ExpectedDigests {
  readonly md5Base64?: string;
  readonly sha256Hex?: string;
  /** Without a value, that comes in the trailer. */
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly base64?: string };
}

export interface ComputedDigests {
  readonly md5Base64: string;
  readonly checksums: ReadonlyMap<ChecksumAlgorithm, string>;
}

const checksumPrefix = 'x-amz-checksum-';
const notAlgorithms = new Set(['mode', 'type', 'algorithm']);

/** @throws {S3Error} InvalidDigest, InvalidRequest or NotImplemented when one is malformed. */
export function readExpectedDigests(headers: ReadonlyMap<string, string>, payload: Payload): ExpectedDigests {
  const md5Base64 = headers.get('content-md5');
  if (md5Base64 !== undefined && !isBase64Of(md5Base64, 16)) throw new S3Error('InvalidDigest');
  const checksum = readChecksum(headers);
  const named = headers.get('x-amz-sdk-checksum-algorithm')?.toLowerCase();
  if (named !== undefined && named !== checksum?.algorithm) {
    throw new S3Error('InvalidRequest', {
      message:
        checksum === undefined
          ? 'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.'
          : `Value for x-amz-sdk-checksum-algorithm header is invalid.`,
    });
  }
  return {
    ...(md5Base64 !== undefined && { md5Base64 }),
    ...(payload.kind === 'sha256' && { sha256Hex: payload.hex }),
    ...(checksum && { checksum }),
  };
}

/** The checksums to compute while the bytes pass by. */
export function neededChecksums(expected: ExpectedDigests): readonly ChecksumAlgorithm[] {
  const needed = new Set<ChecksumAlgorithm>();
  if (expected.sha256Hex !== undefined) needed.add('sha256');
  if (expected.checksum !== undefined) needed.add(expected.checksum.algorithm);
  return [...needed];
}

/**
 * Compares what was announced with what came, and returns the checksum to store.
 * @throws {S3Error} BadDigest, XAmzContentSHA256Mismatch or MalformedTrailerError.
 */
export function verifyDigests(
  expected: ExpectedDigests,
  computed: ComputedDigests,
  trailers: ReadonlyMap<string, string>,
): StoredChecksum | undefined {
  if (expected.sha256Hex !== undefined) {
    const hex = Buffer.from(computed.checksums.get('sha256') ?? '', 'base64').toString('hex');
    if (hex !== expected.sha256Hex) {
      throw new S3Error('XAmzContentSHA256Mismatch', {
        details: { ClientComputedContentSHA256: expected.sha256Hex, S3ComputedContentSHA256: hex },
      });
    }
  }
  if (expected.md5Base64 !== undefined && expected.md5Base64 !== computed.md5Base64) {
    throw new S3Error('BadDigest', {
      details: { ExpectedDigest: expected.md5Base64, CalculatedDigest: computed.md5Base64 },
    });
  }
  if (expected.checksum === undefined) return undefined;
  const { algorithm } = expected.checksum;
  const inTrailer = trailers.get(`${checksumPrefix}${algorithm}`);
  const base64 = expected.checksum.base64 ?? inTrailer;
  if (base64 === undefined) throw new S3Error('MalformedTrailerError');
  if (checkValue(algorithm, base64) !== computed.checksums.get(algorithm)) {
    const name = algorithm.toUpperCase();
    throw new S3Error('BadDigest', {
      message: `The ${name} you specified did not match the calculated checksum.`,
    });
  }
  return { algorithm, base64 };
}

function readAlgorithm(header: string): ChecksumAlgorithm {
  const name = header.slice(checksumPrefix.length);
  if (!isChecksumAlgorithm(name)) throw new S3Error('NotImplemented', { details: { Header: header } });
  return name;
}

function checkValue(algorithm: ChecksumAlgorithm, value: string): string {
  if (isBase64Of(value, checksumAlgorithms[algorithm].bytes)) return value;
  throw new S3Error('InvalidRequest', {
    message: `Value for ${checksumPrefix}${algorithm} header is invalid.`,
  });
}

function readChecksum(headers: ReadonlyMap<string, string>): ExpectedDigests['checksum'] {
  const names = [...headers.keys()].filter((name) => {
    return name.startsWith(checksumPrefix) && !notAlgorithms.has(name.slice(checksumPrefix.length));
  });
  const trailer = headers.get('x-amz-trailer')?.toLowerCase().trim();
  if (names.length + (trailer === undefined ? 0 : 1) > 1) {
    throw new S3Error('InvalidRequest', {
      message: 'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    });
  }
  const [name] = names;
  if (name !== undefined) {
    const algorithm = readAlgorithm(name);
    return { algorithm, base64: checkValue(algorithm, headers.get(name) ?? '') };
  }
  if (trailer === undefined) return undefined;
  if (!trailer.startsWith(checksumPrefix)) {
    throw new S3Error('InvalidRequest', {
      message: 'The value specified in the x-amz-trailer header is not supported',
    });
  }
  return { algorithm: readAlgorithm(trailer) };
}
