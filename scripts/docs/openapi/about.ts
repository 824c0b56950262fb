// What the OpenAPI document says of the API as a whole.

export const scope = 'darkroom/images';

export const about = {
  title: 'Darkroom',
  summary: 'Uploads straight to S3; renditions, metadata and a placeholder within a moment.',
  description: [
    'Ask for an upload, send the file to S3, and wait until its image is `ready`.',
    'Every error is `application/problem+json` with a stable `code`: see the schema `Problem`. A path that is not here is answered 404 `route-not-found`, a method that is not here 405 `method-not-allowed` with `Allow`.',
    'API Gateway answers by itself, in a JSON object with a `message`, where a token is not valid (401), lacks the scope (403), or where there are more requests than it lets through (429).',
  ].join('\n\n'),
  license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
};
