// The paths that there are, and their methods: all that has to be known of them to refuse any other.

export type Method = 'GET' | 'POST' | 'DELETE';

export const routes = {
  '/uploads': ['POST'],
  '/images': ['GET'],
  '/images/{imageId}': ['GET', 'DELETE'],
  '/images/{imageId}/renditions/{variant}': ['GET'],
  '/images/{imageId}/reprocess': ['POST'],
  '/usage': ['GET'],
  '/health': ['GET'],
  '/openapi.json': ['GET'],
} as const satisfies Readonly<Record<string, readonly Method[]>>;

export type Path = keyof typeof routes;

/** The methods of a path, as a request spells it; undefined where there is nothing. */
export function methodsAt(path: string): readonly Method[] | undefined {
  const segments = path.split('/');
  for (const [pattern, methods] of Object.entries(routes)) {
    const parts = pattern.split('/');
    const fits = parts.every((part, index) =>
      part.startsWith('{') ? segments[index] : part === segments[index],
    );
    if (fits && parts.length === segments.length) return methods;
  }
  return undefined;
}
