// What fields of several answers are made of.

import * as z from 'zod/mini';
import { outputFormats, sourceFormats } from '../../domain/formats.ts';

const pattern = /^(?:[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|obj-[0-9a-f]{32})$/;

/** The same IDs as `isImageId` knows. */
export const imageId = z
  .string()
  .check(
    z.regex(pattern),
    z.describe('A UUIDv7, or `obj-` and 32 hexadecimal digits for what was not uploaded through this API.'),
  );

export const timestamp = (description: string) => z.iso.datetime().check(z.describe(description));

export const url = (description: string) => z.url().check(z.describe(description));

export const count = (description: string) => z.int().check(z.minimum(0), z.describe(description));

export const bytes = count('Bytes.');

export const pixels = (description: string) => z.int().check(z.minimum(1), z.describe(description));

export const number = (description: string) => z.number().check(z.describe(description));

export const text = (description: string) => z.string().check(z.describe(description));

export const sourceFormat = z.enum(Object.keys(sourceFormats) as (keyof typeof sourceFormats)[]);

export const outputFormat = z.enum(Object.keys(outputFormats) as (keyof typeof outputFormats)[]);
