// An image in few words, with a small picture of it where there is one.

import { createUrlSigner } from '../../shared/aws/url-signer.ts';
import { type ImageRecord, resultsOf } from '../../shared/domain/image-record.ts';
import { statusOf } from '../../shared/domain/status.ts';
import type { ImageBrief } from '../../web/src/operations/answers.ts';
import type { Stage } from '../operations/stage.ts';

/** @param record undefined where there is none (any more) */
export async function briefOf(
  { clients, renditionsBucket }: Stage,
  imageId: string,
  record: ImageRecord | undefined,
  now: Date,
): Promise<ImageBrief> {
  if (record === undefined)
    return { imageId, fileName: null, status: null, thumbnail: null, placeholder: null };
  const { renditions = [], placeholder } = resultsOf(record);
  const [smallest] = renditions.toSorted((one, other) => one.bytes - other.bytes);
  const signed =
    smallest && (await createUrlSigner(clients.s3, renditionsBucket)({ renditions: [smallest] }, now));
  return {
    imageId,
    fileName: record.fileName ?? null,
    status: statusOf(record),
    thumbnail: signed?.renditions.get(smallest?.key ?? '') ?? null,
    placeholder: placeholder ?? null,
  };
}
