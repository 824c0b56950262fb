// What there is to watch, read off serverless.yml itself: a worker or a route that is added is watched by being there.

/** Names of functions in serverless.yml: all of them, those that answer the API, and the workers, which a queue invokes. */
export async function workload({ resolveVariable }) {
  const functions = await resolveVariable('self:functions');
  const invokedBy = (kind) =>
    Object.keys(functions).filter((name) => functions[name].events.some((event) => kind in event));
  return { all: Object.keys(functions), api: invokedBy('httpApi'), workers: invokedBy('sqs') };
}

/** What the name of everything of this stage begins with. */
export const prefixOf = async ({ resolveVariable }) =>
  `${await resolveVariable('self:service')}-${await resolveVariable('sls:stage')}`;

/** `RenditionsQueue` of `renditions`: logical IDs begin with a worker's name. */
export const logicalId = (...words) =>
  words
    .flatMap((word) => word.split('-'))
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join('');
