// Whom tools act as on the laptop: a user of its issuer, by tokens that are made as they are needed.

import { makeToken } from '../local/identity/token.ts';

/** Whom a tool acts as that is not told. */
export const defaultUser = 'developer';

const lifeSeconds = 3600;

/** A token whenever one is asked for. @param dataDir of the laptop cloud that is to believe it */
export function laptopToken(dataDir: string, user = defaultUser): () => Promise<string> {
  return () => makeToken(dataDir, user, lifeSeconds);
}
