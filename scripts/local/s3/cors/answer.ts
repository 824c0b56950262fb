// Answers CORS preflights, and adds the CORS headers to actual requests that carry an Origin.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html
import type { ServerResponse } from 'node:http';
import { S3Error } from '../errors.ts';
import type { S3Request } from '../request.ts';
import { sendEmpty } from '../respond.ts';
import type { Buckets } from '../store/buckets.ts';
import { type CorsRule, findCorsRule } from './rules.ts';

/**
 * Answers an OPTIONS request.
 * @throws {S3Error} BadRequest without an origin or method, AccessForbidden when no rule of the bucket matches.
 */
export function answerPreflight(request: S3Request, response: ServerResponse, buckets: Buckets): void {
  const origin = request.headers.get('origin');
  const method = request.headers.get('access-control-request-method');
  if (origin === undefined) {
    throw new S3Error('BadRequest', { message: 'Insufficient information. Origin request header needed.' });
  }
  if (method === undefined) {
    throw new S3Error('BadRequest', { message: 'Invalid Access-Control-Request-Method: null' });
  }
  const details = { Method: method, ResourceType: request.key === undefined ? 'BUCKET' : 'OBJECT' };
  const rules = buckets.configuration(request.bucket ?? '', 'cors');
  if (rules === undefined) {
    throw new S3Error('AccessForbidden', {
      message: 'CORSResponse: CORS is not enabled for this bucket.',
      details,
    });
  }
  const headers = (request.headers.get('access-control-request-headers') ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);
  const rule = findCorsRule(rules, origin, method, headers);
  if (rule === undefined) {
    throw new S3Error('AccessForbidden', {
      message:
        "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
      details,
    });
  }
  allow(response, rule, origin, headers);
  sendEmpty(response, 200);
}

/**
 * Adds the CORS headers to the answer of an actual request, whether it succeeds or not.
 * @throws {S3Error} AccessForbidden for an origin that no rule of the bucket allows. S3 would go on and only keep the
 *   answer from the page; but here any page that is open in a browser can send.
 */
export function addCorsHeaders(request: S3Request, response: ServerResponse, buckets: Buckets): void {
  const origin = request.headers.get('origin');
  if (origin === undefined) return;
  const rules = buckets.configuration(request.bucket ?? '', 'cors') ?? [];
  const rule = findCorsRule(rules, origin, request.method, []);
  if (rule === undefined) {
    throw new S3Error('AccessForbidden', {
      message: `CORSResponse: No CORS rule of the bucket allows a ${request.method} by ${origin}.`,
    });
  }
  allow(response, rule, origin, []);
}

function allow(response: ServerResponse, rule: CorsRule, origin: string, headers: readonly string[]): void {
  const anyOrigin = rule.AllowedOrigin.includes('*');
  response.setHeader('access-control-allow-origin', anyOrigin ? '*' : origin);
  if (!anyOrigin) response.setHeader('access-control-allow-credentials', 'true');
  response.setHeader('access-control-allow-methods', rule.AllowedMethod.join(', '));
  if (headers.length > 0) response.setHeader('access-control-allow-headers', headers.join(', '));
  if (rule.ExposeHeader.length > 0) {
    response.setHeader('access-control-expose-headers', rule.ExposeHeader.join(', '));
  }
  if (rule.MaxAgeSeconds !== undefined) response.setHeader('access-control-max-age', rule.MaxAgeSeconds);
  response.setHeader('vary', 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method');
}
