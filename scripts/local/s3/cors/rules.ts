// A bucket's CORS rules: read from XML, written back, and matched against an origin.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html
import { z } from 'zod';
import { S3Error } from '../errors.ts';
import { readXml, type XmlElement } from '../xml.ts';

const methods = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'];
const lists = ['CORSRule', 'AllowedOrigin', 'AllowedMethod', 'AllowedHeader', 'ExposeHeader'];
const corsRule = z.object({
  ID: z.string().max(255).optional(),
  AllowedOrigin: z.array(z.string()).min(1),
  AllowedMethod: z.array(z.string()).min(1),
  AllowedHeader: z.array(z.string()).default([]),
  ExposeHeader: z.array(z.string()).default([]),
  MaxAgeSeconds: z.coerce.number().int().nonnegative().optional(),
});

const corsConfiguration = z.object({ CORSRule: z.array(corsRule).min(1).max(100) });

export type CorsRule = z.output<typeof corsRule>;

/** @throws {S3Error} MalformedXML, or InvalidRequest for a rule that S3 does not take. */
export function readCorsRules(body: Buffer): readonly CorsRule[] {
  const rules = readXml(body, 'CORSConfiguration', lists, corsConfiguration).CORSRule;
  rules.forEach(checkRule);
  return rules;
}

/** The rules as GetBucketCors answers them. */
export function writeCorsRules(rules: readonly CorsRule[]): readonly XmlElement[] {
  return rules.map((rule): XmlElement => {
    const list = (name: 'AllowedOrigin' | 'AllowedMethod' | 'AllowedHeader' | 'ExposeHeader') =>
      rule[name].map((value): XmlElement => [name, value]);
    return [
      'CORSRule',
      [
        ['ID', rule.ID],
        ...list('AllowedMethod'),
        ...list('AllowedOrigin'),
        ...list('AllowedHeader'),
        ...list('ExposeHeader'),
        ['MaxAgeSeconds', rule.MaxAgeSeconds],
      ],
    ];
  });
}

/** The first rule that lets this origin use this method with these headers. */
export function findCorsRule(
  rules: readonly CorsRule[],
  origin: string,
  method: string,
  headers: readonly string[],
): CorsRule | undefined {
  return rules.find((rule) => {
    return (
      rule.AllowedMethod.includes(method) &&
      rule.AllowedOrigin.some((pattern) => matchesPattern(pattern, origin)) &&
      headers.every((header) => {
        return rule.AllowedHeader.some((pattern) => matchesPattern(pattern.toLowerCase(), header));
      })
    );
  });
}

function checkRule(rule: CorsRule): void {
  const method = rule.AllowedMethod.find((name) => !methods.includes(name));
  if (method !== undefined) {
    throw new S3Error('InvalidRequest', {
      message: `Found unsupported HTTP method in CORS config. Unsupported method is ${method}`,
    });
  }
  for (const name of ['AllowedOrigin', 'AllowedHeader'] as const) {
    const greedy = rule[name].find((value) => value.split('*').length > 2);
    if (greedy !== undefined) {
      throw new S3Error('InvalidRequest', {
        message: `${name} "${greedy}" can not have more than one wildcard.`,
      });
    }
  }
  const exposed = rule.ExposeHeader.find((value) => value.includes('*'));
  if (exposed !== undefined) {
    throw new S3Error('InvalidRequest', {
      message: `ExposeHeader "${exposed}" contains wildcard. We currently do not support wildcard for ExposeHeader.`,
    });
  }
}

function matchesPattern(pattern: string, text: string): boolean {
  const [start = '', end] = pattern.split('*');
  if (end === undefined) return text === pattern;
  return text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end);
}
