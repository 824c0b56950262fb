// A process of its own that makes the memory benchmark's pictures, so that what making them takes is not measured.

import { writePictures } from './memory-pictures.ts';

process.once('message', async ({ folder, counts }: { folder: string; counts: number[] }) => {
  await writePictures(folder, counts);
  process.send?.('done');
});
