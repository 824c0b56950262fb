// An image's lines in the laptop's log.

import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type LogLine, logFiles, logLineIn } from '../local/function-log.ts';
import { messageIdsIn } from './timeline.ts';

/** Those of the image, and those of its messages. @param messageIds of it, as far as they are known otherwise */
export async function laptopLines(
  dataDir: string,
  imageId: string,
  messageIds: readonly string[],
): Promise<LogLine[]> {
  const { before, current } = logFiles(dataDir);
  const files = [before, current].filter((file) => existsSync(file));
  const ofImage = await linesOf(files, (line) => line['imageId'] === imageId);
  const wanted = new Set([...messageIds, ...messageIdsIn(ofImage)]);
  return linesOf(
    files,
    (line) =>
      line['imageId'] === imageId || (line['imageId'] === undefined && wanted.has(String(line['messageId']))),
  );
}

async function linesOf(files: readonly string[], isWanted: (line: LogLine) => boolean): Promise<LogLine[]> {
  const found: LogLine[] = [];
  for (const file of files) {
    for await (const text of createInterface({ input: createReadStream(file) })) {
      const line = logLineIn(text);
      if (line && isWanted(line)) found.push(line);
    }
  }
  return found;
}
