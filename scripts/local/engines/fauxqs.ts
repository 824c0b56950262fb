// fauxqs 2.4.1 exports a start function that binds every network interface. What it is made of is imported by where
// the package lies, and typed by what its exported builder takes.
import type { BuildAppOptions } from 'fauxqs';

type Stores = NonNullable<BuildAppOptions['stores']>;
export type PersistenceManager = NonNullable<Stores['sqsStore']['persistence']>;

/** Makes the stores of queues, topics and buckets, and what keeps the first two in a folder. */
export async function makeStores(
  folder: string,
): Promise<{ stores: Stores; persistence: PersistenceManager }> {
  const [{ PersistenceManager }, { SqsStore }, { SnsStore }, { S3Store }] = await Promise.all([
    part<{ PersistenceManager: new (folder: string) => PersistenceManager }>('persistence.js'),
    part<{ SqsStore: new () => Stores['sqsStore'] }>('sqs/sqsStore.js'),
    part<{ SnsStore: new () => Stores['snsStore'] }>('sns/snsStore.js'),
    part<{ S3Store: new () => Stores['s3Store'] }>('s3/s3Store.js'),
  ]);
  const stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  return { stores, persistence: new PersistenceManager(folder) };
}

function part<Module>(path: string): Promise<Module> {
  return import(new URL(path, import.meta.resolve('fauxqs')).href);
}
