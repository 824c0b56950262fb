// The page that serverless.yml names as `custom.page`, put before the API's own handler.

import type { LaptopCloud } from '../cloud.ts';
import type { Handle } from '../engines/loopback-server.ts';
import { makeToken } from '../identity/token.ts';
import type { Settings } from '../settings.ts';
import { withAdditions } from './additions.ts';
import { withPage } from './page.ts';

/** As serverless.yml has it. */
export interface PageOfService {
  readonly folder: string;
  /** Who is signed in there. */
  readonly user: string;
  /** What the page is told beside the API's URL. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Where another plugin builds it: the folder that it is found in, once it is there. */
  readonly built?: Promise<string>;
  /** Modules by the names that they answer under: their default export is an `OpenAddition`. */
  readonly additions?: Readonly<Record<string, string>>;
}

const tokenLifeSeconds = 3600;

/** @returns `handle` itself where there is no page */
export function withPageOfService(
  page: PageOfService | undefined,
  { dataDir, remote }: Settings,
  { endpoint, service: { stage, region } }: Pick<LaptopCloud, 'endpoint' | 'service'>,
  handle: Handle,
): Handle {
  if (!page) return handle;
  const { folder, user, config = {}, built = folder, additions = {} } = page;
  const storage = new URL(remote?.endpoint ?? endpoint).origin;
  const makePageToken = () => makeToken(dataDir, user, tokenLifeSeconds);
  const laptop = { stage, region, endpoint: remote ? undefined : endpoint, dataDir };
  return withAdditions(
    additions,
    laptop,
    withPage({ folder: built, storage, config, makeToken: makePageToken }, handle),
  );
}
