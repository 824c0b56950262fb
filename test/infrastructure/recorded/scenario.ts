// What clients, time and faults do to a stage, so that every function does all that it ever does to AWS.
import { createHash } from 'node:crypto';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { PublishCommand } from '@aws-sdk/client-sns';
import { type PresignedForm, submitForm } from '../../conformance/support/post-form.ts';
import { smallPhoto } from '../../support/small-photo.ts';
import type { Recorder } from './recorder.ts';
import type { StageFunctions } from './stage-functions.ts';
import type { startWorkers } from './workers.ts';

interface Offer {
  readonly imageId: string;
  readonly upload: PresignedForm & { readonly headers: Record<string, string> };
}

type Workers = ReturnType<typeof startWorkers>;

export async function actOut(recorder: Recorder, functions: StageFunctions, workers: Workers): Promise<void> {
  const { ask, cloud } = functions;
  const photo = await smallPhoto();
  const bucket = cloud.ref('OriginalsBucket');

  const offered = async (bytes: Uint8Array, more: object = {}): Promise<Offer> => {
    const body = { contentType: 'image/jpeg', contentLength: bytes.byteLength, ...more };
    return (await ask('createUpload', { body })).body;
  };
  const put = ({ upload }: Offer, bytes: Uint8Array) =>
    fetch(upload.url, { method: 'PUT', headers: upload.headers, body: Buffer.from(bytes) });
  const uploaded = async (bytes: Uint8Array): Promise<Offer> => {
    const offer = await offered(bytes);
    await put(offer, bytes);
    return offer;
  };
  const remove = ({ imageId }: Offer) =>
    cloud.clients.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: `originals/${imageId}` }));

  // A photo by URL, and one by form.
  const one = await uploaded(photo);
  const checksumSha256 = createHash('sha256').update(photo).digest('base64');
  const form = await offered(photo, { method: 'POST', checksumSha256 });
  // A form is signed without a command: S3 asks its signer's role when it comes.
  const { key = '' } = form.upload.fields;
  recorder.record('createUpload', [
    { action: 's3:PutObject', resource: `${bucket}/${key}`, context: { 's3:authType': 'POST' } },
  ]);
  await submitForm(form.upload, { body: photo });
  await workers.drain();

  const pathParameters = { imageId: one.imageId, variant: 'medium' };
  await ask('getImage', { pathParameters });
  await ask('getRendition', { pathParameters });
  await ask('listImages');
  await ask('getUsage');
  for (const key of ['health', 'openApi', 'noRoute']) await ask(key);

  // Deleted by its owner, then uploaded once more by the same URL.
  await ask('deleteImage', { pathParameters });
  await workers.drain();
  await put(one, photo);
  await workers.drain();

  // Deleted in S3 itself, once after it was worked on and once before.
  await remove(form);
  await workers.drain();
  await remove(await uploaded(photo));
  await workers.drain();

  // Files that are at fault, and a message that is of no file.
  await uploaded(photo.subarray(0, 200));
  await uploaded(Buffer.from('This is no photo.'));
  await workers.drain();
  await cloud.clients.sns.send(
    new PublishCommand({ TopicArn: cloud.ref('UploadsTopic'), Message: 'rubbish' }),
  );
  await workers.drain();

  // S3 is down for a moment, and then until the last receive; once it is back, the owner asks for another try.
  const failing = await uploaded(photo);
  for (const receiveCount of [1, 5]) {
    recorder.failing.add('PutObjectCommand').add('GetObjectCommand');
    await workers.once(receiveCount);
    recorder.failing.clear();
  }
  await ask('reprocessImage', { pathParameters: { imageId: failing.imageId } });
  await workers.drain();

  // Never uploaded; uploaded, and the event never came; deleted, and whoever was to clear up did not live to.
  await offered(photo);
  await uploaded(photo);
  const gone = await uploaded(photo);
  recorder.failing.add('DeleteObjectCommand');
  await ask('deleteImage', { pathParameters: { imageId: gone.imageId } });
  recorder.failing.clear();
  // Two days later.
  await functions.reconcileAt(new Date(Date.now() + 2 * 24 * 60 * 60 * 1000));
  await workers.drain();
}
