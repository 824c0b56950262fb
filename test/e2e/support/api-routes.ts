// Every route of the compiled template: a new one is in every matrix from the start.

import { compileProject } from '../../../scripts/local/template/compile.ts';

export interface ApiRoute {
  readonly method: string;
  /** As `/images/{imageId}`. */
  readonly path: string;
  /** Whether it asks for a token, by the template. */
  readonly asksForToken: boolean;
}

/** $default is left out: it answers for what is no route. */
export async function apiRoutes(): Promise<ApiRoute[]> {
  const { template } = await compileProject();
  return Object.values(template.Resources)
    .filter(
      ({ Type, Properties }) =>
        Type === 'AWS::ApiGatewayV2::Route' && Properties?.['RouteKey'] !== '$default',
    )
    .map(({ Properties = {} }) => {
      const [method = '', path = ''] = String(Properties['RouteKey']).split(' ');
      return { method, path, asksForToken: Properties['AuthorizationType'] === 'JWT' };
    });
}

/** A path of the route, about this image. */
export function pathOf({ path }: ApiRoute, imageId: string): string {
  return path.replace('{imageId}', imageId).replace('{variant}', 'medium');
}
