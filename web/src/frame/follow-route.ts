// Follows the address, and takes the keyboard along to another section.

import { type Route, routeOf, sectionOf } from '../routes.ts';

/**
 * @param hasOperations without them, their addresses lead to the photos
 * @param show shows what belongs to a route; fulfilled when it is there
 */
export function followRoute(
  main: HTMLElement,
  hasOperations: boolean,
  show: (route: Route) => Promise<void>,
): void {
  let section: Route['view'] | undefined;

  async function follow(): Promise<void> {
    const asked = routeOf(location.hash);
    const route: Route = sectionOf(asked) === 'operations' && !hasOperations ? { view: 'photos' } : asked;
    const isOther = section !== undefined && section !== sectionOf(route);
    section = sectionOf(route);
    await show(route);
    if (!isOther) return;
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  addEventListener('hashchange', () => void follow());
  void follow();
}
