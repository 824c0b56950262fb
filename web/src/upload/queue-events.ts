// What whoever shows the uploads is told of.

import type { Image } from '../../../client/src/client.ts';
import type { Failure } from './failure.ts';
import type { Upload } from './upload.ts';

export interface QueueEvents {
  /** Something is to be shown otherwise. */
  onChange(): void;
  /** An image became known, or changed. */
  onImage(image: Image): void;
  onReady(image: Image): void;
  onFailed(upload: Upload, failure: Failure): void;
}
