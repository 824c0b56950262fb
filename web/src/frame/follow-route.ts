// Follows the address: shows what it names, says so in the title and in the navigation, and takes the keyboard along.

import { type Route, routeOf } from '../routes.ts';
import { strings } from '../strings.ts';

/** @param show shows what belongs to a route; fulfilled when it is there */
export function followRoute(
  main: HTMLElement,
  nav: HTMLElement,
  show: (route: Route) => Promise<void>,
): void {
  let before: Route | undefined;

  async function follow(): Promise<void> {
    const route = routeOf(location.hash);
    document.title = `${strings.frame.titles[route.view]} · ${strings.frame.name}`;
    for (const link of nav.querySelectorAll('a')) {
      const isHere = routeOf(link.hash).view === sectionOf(route);
      link.ariaCurrent = isHere ? 'page' : null;
    }
    const isOtherSection = before !== undefined && sectionOf(before) !== sectionOf(route);
    before = route;
    await show(route);
    if (isOtherSection) main.focus();
  }

  addEventListener('hashchange', () => void follow());
  void follow();
}

/** One image is shown over the photos, and a trace belongs to operations. */
function sectionOf({ view }: Route): Route['view'] {
  if (view === 'image') return 'photos';
  return view === 'trace' ? 'operations' : view;
}
