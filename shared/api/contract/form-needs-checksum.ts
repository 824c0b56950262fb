// What the OpenAPI document says of forms beyond the fields' own schemas.

/** S3 knows no `If-None-Match` in a form: what makes one good for one file only is the checksum. */
export const formNeedsChecksum = {
  if: { properties: { method: { const: 'POST' } }, required: ['method'] },
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word
  then: { required: ['checksumSha256'] },
};
