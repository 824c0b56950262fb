// Problems: what a client is told, with a status and a title that go with the code.

import { describe, expect, it } from 'vitest';
import { Problem, type ProblemCode, problemDetails, problems } from '../../../shared/api/problem.ts';

describe('problemDetails', () => {
  it.each<[ProblemCode, number, RegExp]>([
    ['invalid-request', 400, /not valid/],
    ['unauthorized', 401, /no valid access token/],
    ['image-not-found', 404, /no such image/],
    ['rendition-not-found', 404, /no such rendition/],
    ['route-not-found', 404, /nothing at this path/],
    ['method-not-allowed', 405, /not have this method/],
    ['body-too-large', 413, /body of the request is larger/],
    ['too-large', 413, /larger than allowed/],
    ['unsupported-format', 415, /not accepted/],
    ['unsupported-media-type', 415, /must be JSON/],
    ['quota-exceeded', 429, /used up/],
    ['internal', 500, /on our side/],
    ['dependency-unavailable', 503, /Try again/],
  ])('answers %s with status %i', (code, status, title) => {
    expect(problemDetails(new Problem(code, 'what is wrong'), 'the request')).toEqual({
      ...{ type: `urn:darkroom:problem:${code}`, title: expect.stringMatching(title), status, code },
      ...{ detail: 'what is wrong', requestId: 'the request' },
    });
  });

  it('names every field at fault', () => {
    const errors = [
      { field: '/contentLength', message: 'too small' },
      { field: '/fileName', message: 'too long' },
    ];

    expect(problemDetails(new Problem('invalid-request', 'two fields', errors), '1')).toMatchObject({
      errors,
    });
  });
});

describe('a problem', () => {
  it('is an error with a name, a code, and no fields or headers unless some are given', () => {
    expect(new Problem('internal', 'no luck')).toMatchObject({
      ...{ name: 'Problem', code: 'internal', message: 'no luck', errors: [], headers: {} },
    });
  });

  it('has a title of its own', () => {
    const titles = Object.values(problems).map(({ title }) => title);

    expect(new Set(titles).size).toBe(titles.length);
  });
});
