// The sample events below events/, one file a case: `<function>.<case>.json`.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { OperatorError, UsageError } from '../terminal/errors.ts';

const folder = fileURLToPath(new URL('../../events/', import.meta.url));
const namePattern = /^([A-Za-z]+)\.([a-z0-9-]+)\.json$/;

export interface SampleEvent {
  readonly functionKey: string;
  /** The case, as `created` in `renditions.created.json`. */
  readonly name: string;
  readonly file: string;
}

/**
 * Every file of the folder.
 * @throws {OperatorError} for a file that is not named `<function>.<case>.json`
 */
export function listSampleEvents(): SampleEvent[] {
  return readdirSync(folder).map((file) => {
    const [, functionKey, name] = namePattern.exec(file) ?? [];
    if (functionKey === undefined || name === undefined) {
      throw new OperatorError(`events/${file} is not named <function>.<case>.json.`);
    }
    return { functionKey, name, file: `${folder}${file}` };
  });
}

/**
 * The cases of a function.
 * @throws {UsageError} when there are none
 */
export function eventsOf(functionKey: string): SampleEvent[] {
  const all = listSampleEvents();
  const samples = all.filter((sample) => sample.functionKey === functionKey);
  if (samples.length > 0) return samples;
  const known = [...new Set(all.map((sample) => sample.functionKey))].join(', ');
  throw new UsageError(`There is no event for a function ${functionKey}: there are some for ${known}.`);
}

/**
 * The event of a case, or of any JSON file.
 * @throws {UsageError} when there is neither
 * @throws {OperatorError} when the file is not JSON
 */
export function readEvent(functionKey: string, caseOrFile: string): unknown {
  const isFile = caseOrFile.endsWith('.json');
  const samples = isFile ? listSampleEvents() : eventsOf(functionKey);
  const sample = samples.find(({ name, file }) =>
    isFile ? file.endsWith(`/${caseOrFile}`) : name === caseOrFile,
  );
  if (sample === undefined && !isFile) {
    const names = samples.map(({ name }) => name).join(', ');
    throw new UsageError(`There is no event ${functionKey} ${caseOrFile}: there are ${names}.`);
  }
  const file = sample?.file ?? caseOrFile;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new OperatorError(`${caseOrFile} cannot be read as JSON: ${(cause as Error).message}`, { cause });
  }
}
