// The sample events below events/, one file a case: `<function>.<case>.json`.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { OperatorError } from '../terminal/errors.ts';

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
 * The event of a case, or of any JSON file.
 * @throws {OperatorError} when there is neither, or the file is not JSON
 */
export function readEvent(functionKey: string, caseOrFile: string): unknown {
  const samples = listSampleEvents().filter((sample) => sample.functionKey === functionKey);
  const sample = samples.find(({ name, file }) => name === caseOrFile || file.endsWith(`/${caseOrFile}`));
  const file = sample?.file ?? (caseOrFile.endsWith('.json') ? caseOrFile : undefined);
  if (file === undefined) {
    const names = samples.map(({ name }) => name).join(', ');
    throw new OperatorError(`There is no event ${functionKey}.${caseOrFile}: there are ${names}.`);
  }
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new OperatorError(`${caseOrFile} cannot be read as JSON: ${(cause as Error).message}`, { cause });
  }
}
