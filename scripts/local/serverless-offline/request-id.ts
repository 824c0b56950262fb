// serverless-offline 14.8.2 gives every request of the API the same ID. Each gets one of its own.
import { randomUUID } from 'node:crypto';

interface RequestEvent {
  readonly requestContext?: { readonly requestId?: unknown };
}

/** The event of a request with an ID of its own; any other as it is. */
export function withRequestId(event: unknown): unknown {
  const { requestContext } = (event ?? {}) as RequestEvent;
  if (requestContext?.requestId !== 'offlineContext_resourceId') return event;
  return { ...(event as object), requestContext: { ...requestContext, requestId: randomUUID() } };
}
