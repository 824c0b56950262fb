// What the address says is to be shown. Addresses are hashes, so that any server that has one page can serve them.

export type Route =
  | { readonly view: 'photos' }
  | { readonly view: 'image'; readonly imageId: string }
  | { readonly view: 'operations' }
  | { readonly view: 'trace'; readonly imageId: string };

/** @param hash with its `#`, or empty. What is not understood leads to the photos. */
export function routeOf(hash: string): Route {
  const [, first, second, third] = hash.split('/');
  if (first === 'images' && second) return { view: 'image', imageId: second };
  if (first === 'operations' && second === 'images' && third) return { view: 'trace', imageId: third };
  return first === 'operations' ? { view: 'operations' } : { view: 'photos' };
}

export function hashOf(route: Route): string {
  switch (route.view) {
    case 'photos':
      return '#/';
    case 'image':
      return `#/images/${route.imageId}`;
    case 'operations':
      return '#/operations';
    case 'trace':
      return `#/operations/images/${route.imageId}`;
  }
}

/** What the navigation names: one image is over the photos, and a trace belongs to operations. */
export function sectionOf({ view }: Route): 'photos' | 'operations' {
  return view === 'operations' || view === 'trace' ? 'operations' : 'photos';
}
