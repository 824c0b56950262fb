// What a request promises about its bytes (MD5, SHA-256, one checksum) and whether the bytes kept the promise.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
import { S3Error } from '../errors.ts';
import type { Payload } from '../signature/payload.ts';
import { CHECKSUMS, type ChecksumAlgorithm, isBase64Of, isChecksumAlgorithm } from './checksums.ts';

export interface StoredChecksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly base64: string;
}

export interface Promised {
  readonly md5Base64: string | undefined;
  readonly sha256Hex: string | undefined;
  /** `base64` is undefined while the value is still to come in the trailer. */
  readonly checksum:
    | { readonly algorithm: ChecksumAlgorithm; readonly base64: string | undefined }
    | undefined;
}

export interface Computed {
  readonly md5Base64: string;
  readonly checksums: ReadonlyMap<ChecksumAlgorithm, string>;
}

const PREFIX = 'x-amz-checksum-';
const NOT_VALUES = new Set(['mode', 'type', 'algorithm']);

const readAlgorithm = (header: string): ChecksumAlgorithm => {
  const name = header.slice(PREFIX.length);
  if (!isChecksumAlgorithm(name)) throw new S3Error('NotImplemented', undefined, { Header: header });
  return name;
};

const checkValue = (algorithm: ChecksumAlgorithm, value: string): string => {
  if (isBase64Of(value, CHECKSUMS[algorithm].bytes)) return value;
  throw new S3Error('InvalidRequest', `Value for ${PREFIX}${algorithm} header is invalid.`);
};

const readChecksum = (headers: ReadonlyMap<string, string>): Promised['checksum'] => {
  const names = [...headers.keys()].filter((name) => {
    return name.startsWith(PREFIX) && !NOT_VALUES.has(name.slice(PREFIX.length));
  });
  const trailer = headers.get('x-amz-trailer')?.toLowerCase().trim();
  if (names.length + (trailer === undefined ? 0 : 1) > 1) {
    throw new S3Error(
      'InvalidRequest',
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    );
  }
  const [name] = names;
  if (name !== undefined) {
    const algorithm = readAlgorithm(name);
    return { algorithm, base64: checkValue(algorithm, headers.get(name) ?? '') };
  }
  if (trailer === undefined) return undefined;
  if (!trailer.startsWith(PREFIX)) {
    throw new S3Error('InvalidRequest', 'The value specified in the x-amz-trailer header is not supported');
  }
  return { algorithm: readAlgorithm(trailer), base64: undefined };
};

/** @throws S3Error InvalidDigest, InvalidRequest or NotImplemented when a promise is malformed. */
export function readPromises(headers: ReadonlyMap<string, string>, payload: Payload): Promised {
  const md5Base64 = headers.get('content-md5');
  if (md5Base64 !== undefined && !isBase64Of(md5Base64, 16)) throw new S3Error('InvalidDigest');
  const checksum = readChecksum(headers);
  const named = headers.get('x-amz-sdk-checksum-algorithm')?.toLowerCase();
  if (named !== undefined && named !== checksum?.algorithm) {
    throw new S3Error(
      'InvalidRequest',
      checksum === undefined
        ? 'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.'
        : `Value for x-amz-sdk-checksum-algorithm header is invalid.`,
    );
  }
  return { md5Base64, sha256Hex: payload.kind === 'sha256' ? payload.hex : undefined, checksum };
}

/** The checksums to compute while the bytes pass by. */
export function neededChecksums(promised: Promised): readonly ChecksumAlgorithm[] {
  const needed = new Set<ChecksumAlgorithm>();
  if (promised.sha256Hex !== undefined) needed.add('sha256');
  if (promised.checksum !== undefined) needed.add(promised.checksum.algorithm);
  return [...needed];
}

/**
 * Compares the promises with what came, and returns the checksum to store.
 * @throws S3Error BadDigest, XAmzContentSHA256Mismatch or MalformedTrailerError.
 */
export function verifyPromises(
  promised: Promised,
  computed: Computed,
  trailers: ReadonlyMap<string, string>,
): StoredChecksum | undefined {
  if (promised.sha256Hex !== undefined) {
    const hex = Buffer.from(computed.checksums.get('sha256') ?? '', 'base64').toString('hex');
    if (hex !== promised.sha256Hex) {
      throw new S3Error('XAmzContentSHA256Mismatch', undefined, {
        ClientComputedContentSHA256: promised.sha256Hex,
        S3ComputedContentSHA256: hex,
      });
    }
  }
  if (promised.md5Base64 !== undefined && promised.md5Base64 !== computed.md5Base64) {
    throw new S3Error('BadDigest', undefined, {
      ExpectedDigest: promised.md5Base64,
      CalculatedDigest: computed.md5Base64,
    });
  }
  if (promised.checksum === undefined) return undefined;
  const { algorithm } = promised.checksum;
  const inTrailer = trailers.get(`${PREFIX}${algorithm}`);
  const expected = promised.checksum.base64 ?? inTrailer;
  if (expected === undefined) throw new S3Error('MalformedTrailerError');
  if (checkValue(algorithm, expected) !== computed.checksums.get(algorithm)) {
    const name = algorithm.toUpperCase();
    throw new S3Error('BadDigest', `The ${name} you specified did not match the calculated checksum.`);
  }
  return { algorithm, base64: expected };
}
