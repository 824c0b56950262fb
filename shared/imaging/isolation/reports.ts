// What a process for hostile bytes may say: input like any other, held against a strict schema before anything is made
// of it. Unknown fields are refused, lengths bounded, numbers finite, texts clean.

import * as z from 'zod/mini';
import { type Failure, PermanentFailure, rejectionCodes, TransientFailure } from '../../domain/errors.ts';
import type { Frame } from './frames.ts';

/** The process said what was not asked for. */
export class ReportError extends Error {
  override readonly name = 'ReportError';
}

/** C0 and C1 controls, and what turns the direction of text around. */
const unwanted = /[\p{Cc}\p{Bidi_Control}\ufeff]/gu;

/** Words that go into a log or a record, whoever wrote them: on one line, and no longer than so many characters. */
export function cleaned(text: string, maxLength: number): string {
  return text.slice(0, maxLength).toWellFormed().replaceAll(unwanted, ' ').trim();
}

/** A text that was cleaned where it was read, as it has to be. */
export function cleanText(maxLength: number) {
  return z.string().check(
    z.minLength(1),
    z.maxLength(maxLength),
    z.refine((text) => text.search(unwanted) === -1 && text.isWellFormed()),
  );
}

export const finite = z.number();
export const count = z.int().check(z.minimum(1));

/** Room for a stack. */
const message = z.string().check(z.maxLength(10_000));
/** What is recorded and shown of it. */
const maxReason = 300;
/** What goes into the log. */
const maxStack = 2_000;

export const rejectedReport = z.strictObject({
  kind: z.literal('rejected'),
  code: z.enum(rejectionCodes).check(z.refine((code) => code !== 'malformed-message')),
  message,
});

export const failedReport = z.strictObject({ kind: z.literal('failed'), message });

/**
 * What the engine's caller is told when an order could not be fulfilled.
 * @returns {PermanentFailure} by fault of the file {TransientFailure} by nobody knows whose
 */
export function failureOf(report: z.infer<typeof rejectedReport> | z.infer<typeof failedReport>): Failure {
  if (report.kind === 'rejected')
    return new PermanentFailure(report.code, cleaned(report.message, maxReason));
  const cause = new Error(cleaned(report.message, maxStack));
  return new TransientFailure('internal', 'the imaging process failed', { cause });
}

const ready = z.strictObject({ kind: z.literal('ready') });

/** @throws {ReportError} */
export function requireReady({ head }: Frame): void {
  parsed(ready, head);
}

/** The report as a new object of nothing but known fields. @throws {ReportError} naming the fields at fault, not their values */
export function parsed<Schema extends z.ZodMiniType>(schema: Schema, head: unknown): z.infer<Schema> {
  const result = z.safeParse(schema, head);
  if (result.success) return result.data;
  const paths = result.error.issues
    .slice(0, 5)
    .map(({ code, path }) => `${path.map(String).join('.')} (${code})`);
  throw new ReportError(`a report that is none: ${cleaned(paths.join(', '), 300)}`);
}
