// The addresses of the page.
import { expect, it } from 'vitest';
import { hashOf, type Route, routeOf } from '../../web/src/routes.ts';

const routes: readonly Route[] = [
  { view: 'photos' },
  { view: 'image', imageId: '0197-a' },
  { view: 'operations' },
  { view: 'trace', imageId: '0197-a' },
];

it.each(routes)('reads the address that it makes for $view', (route) => {
  expect(routeOf(hashOf(route))).toEqual(route);
});

it.each(['', '#', '#/', '#/images/', '#/elsewhere', '#photo'])('shows the photos for %j', (hash) => {
  expect(routeOf(hash)).toEqual({ view: 'photos' });
});
