// A local S3 in a process of its own, to be measured and to be killed.
// Usage: server-process.ts DATA_DIR up|down, where the word says whether topics can be reached.
import { listenLocalS3 } from './listening-s3.ts';

const sampleMs = 100;
const [, , dataDir = '', topics] = process.argv;

function say(message: object): void {
  process.send?.(message);
}

// Collected first: what counts is what is held, not what has yet to be swept.
function heldBytes(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const s3 = await listenLocalS3({
  dataDir,
  region: 'eu-west-1',
  credentials: { accessKeyId: 'AKIALOCALPROCESS', secretAccessKey: 'secret' },
  publish: async (_topicArn, message) => {
    if (topics === 'down') throw new Error('the topic is down');
    say({ published: message });
  },
});

let startBytes = 0;
let peakBytes = 0;
process.on('message', (message) => {
  if (message === 'measure') {
    startBytes = peakBytes = heldBytes();
    setInterval(() => {
      peakBytes = Math.max(peakBytes, heldBytes());
    }, sampleMs);
    say({ measuring: true });
  }
  if (message === 'growth') {
    say({ grownBytes: peakBytes - startBytes });
  }
});
say({ listening: s3.endpoint });
