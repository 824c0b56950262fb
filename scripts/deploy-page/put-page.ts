// Puts a page into its bucket: what has changed and nothing else. What the page before loads stays for whoever still has that
// open; what is older goes.

import {
  DeleteObjectsCommand,
  GetObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { OperatorError } from '../terminal/errors.ts';
import { fileOf, type PageFile } from './page-files.ts';

/** The keys of the page that is there, one a line. */
const noteKey = 'page.json';

export interface PutPage {
  readonly put: readonly string[];
  readonly deleted: readonly string[];
}

/** @throws {OperatorError} when something could not be deleted */
export async function putPage(s3: S3Client, Bucket: string, files: readonly PageFile[]): Promise<PutPage> {
  const there = await objectsIn(s3, Bucket);
  const own = files.map(({ key }) => key);
  const note = fileOf(noteKey, Buffer.from(JSON.stringify(own)), 'no-cache');
  const changed = files.filter(({ key, md5 }) => there.get(key) !== md5);
  for (const file of changed) await put(s3, Bucket, file);
  // The same files as before: nobody has a page open that is older than what is kept.
  if (there.get(noteKey) === note.md5) return { put: changed.map(({ key }) => key), deleted: [] };
  const before = there.has(noteKey) ? await notedIn(s3, Bucket) : [];
  const kept = new Set([...own, ...before, noteKey]);
  const deleted = [...there.keys()].filter((key) => !kept.has(key));
  if (deleted.length > 0) await deleteAll(s3, Bucket, deleted);
  await put(s3, Bucket, note);
  return { put: changed.map(({ key }) => key), deleted };
}

/**
 * Empties the bucket of a page: CloudFormation deletes none that has anything in it.
 * @throws {OperatorError} when something could not be deleted
 */
export async function emptyPage(s3: S3Client, Bucket: string): Promise<void> {
  const keys = [...(await objectsIn(s3, Bucket)).keys()];
  if (keys.length > 0) await deleteAll(s3, Bucket, keys);
}

/** Keys and MD5s. */
async function objectsIn(client: S3Client, Bucket: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket }))
    for (const { Key = '', ETag = '' } of Contents) found.set(Key, ETag.replaceAll('"', ''));
  return found;
}

async function notedIn(s3: S3Client, Bucket: string): Promise<string[]> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: noteKey }));
  return JSON.parse((await Body?.transformToString()) ?? '[]') as string[];
}

async function put(s3: S3Client, Bucket: string, file: PageFile): Promise<void> {
  const { key: Key, body: Body, contentType: ContentType, cacheControl: CacheControl } = file;
  await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType, CacheControl }));
}

async function deleteAll(s3: S3Client, Bucket: string, keys: readonly string[]): Promise<void> {
  const Objects = keys.map((Key) => ({ Key }));
  const { Errors = [] } = await s3.send(
    new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
  );
  const [first] = Errors;
  if (first) throw new OperatorError(`${first.Key} in ${Bucket} could not be deleted: ${first.Message}`);
}
