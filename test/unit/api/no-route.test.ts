// Requests that no route is for: whether it is the path or the method is told, and which methods there are.

import { expect, it } from 'vitest';
import { operations } from '../../../shared/api/contract/operations.ts';
import { methodsAt, routes } from '../../../shared/api/contract/routes.ts';
import { answerNoRoute } from '../../../shared/api/no-route.ts';

it.each([
  '/',
  '',
  '/image',
  '/images/',
  '/images/1/',
  '/images//renditions/thumb',
  '/images/1/2',
  '/uploads/1',
  '/images/#1',
])('finds nothing at "%s"', (path) => {
  expect(() => answerNoRoute('GET', path)).toThrow(
    expect.objectContaining({ code: 'route-not-found', message: `There is nothing at ${path}.` }),
  );
});

it.each([
  ['GET', '/uploads', 'POST'],
  ['PUT', '/images/1', 'GET, DELETE'],
  ['HEAD', '/images/1/renditions/thumb', 'GET'],
])('says of %s %s that it may be %s', (method, path, allow) => {
  expect(() => answerNoRoute(method, path)).toThrow(
    expect.objectContaining({
      code: 'method-not-allowed',
      message: `${path} has ${allow}, not ${method}.`,
      errors: [],
      headers: { allow },
    }),
  );
});

it('tells a browser that asks first which methods there are', () => {
  expect(answerNoRoute('OPTIONS', '/images/1')).toEqual({ status: 204, headers: { allow: 'GET, DELETE' } });
});

it('knows the routes that the contract has, and no others', () => {
  const listed = Object.entries(routes).flatMap(([path, methods]) => methods.map((one) => `${one} ${path}`));

  expect(listed.toSorted()).toEqual(operations.map(({ method, path }) => `${method} ${path}`).toSorted());
  for (const { method, path } of operations) expect(methodsAt(path)).toContain(method);
});
