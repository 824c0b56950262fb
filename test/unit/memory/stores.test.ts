// The stores that tests use in place of S3 keep the contract of the real ones.

import { originalStoreContract, renditionStoreContract } from '../../support/contracts/stores.ts';
import { createMemoryOriginals, createMemoryRenditions } from '../../support/memory/stores.ts';

originalStoreContract(async () => {
  const originals = createMemoryOriginals('originals');
  return { originals, uploads: originals, bucket: 'originals', put: originals.put, remove: originals.remove };
});

renditionStoreContract(async () => {
  const renditions = createMemoryRenditions();
  return {
    renditions,
    async stored(key) {
      const object = renditions.objects.get(key);
      return object && { body: Buffer.from(object.body), contentType: object.contentType };
    },
  };
});
