// What is wrong with a request, as a problem that names every field at fault once.

import { type InvalidField, Problem } from './problem.ts';

/** Of a body or a query. */
export function invalidRequest(errors: readonly InvalidField[]): Problem {
  return new Problem('invalid-request', sentenceOf(errors), errors);
}

/** The faults in one line. */
export function sentenceOf(errors: readonly InvalidField[]): string {
  return errors.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`)).join('; ');
}

/** To a field at the top of a body. https://www.rfc-editor.org/rfc/rfc6901 */
export function pointerTo(field: PropertyKey): string {
  return `/${String(field).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
