// What an operator is told of a call that a place refused or never got: what was tried, and what to set.

import { OperatorError } from '../terminal/errors.ts';

/** What was called, for people. */
export interface Tried {
  readonly stage: string;
  readonly region: string;
  /** The endpoint, or AWS itself. */
  readonly place: string;
  /** Of resources/policies: whose rights the call needs. The operator's, unless said. */
  readonly policy?: 'deploy' | 'operator';
}

interface SdkError extends Error {
  readonly $metadata?: {
    readonly httpStatusCode?: number | undefined;
    readonly requestId?: string | undefined;
  };
  readonly code?: string;
  readonly hostname?: string;
  readonly BucketName?: string;
}

interface Clients {
  readonly middlewareStack: {
    add(
      middleware: (next: (args: never) => Promise<never>) => (args: never) => Promise<never>,
      options: { step: 'initialize'; name: string; priority: 'high' },
    ): void;
  };
}

/** Has every call of the clients end in {@link explained} errors. */
export function explainErrors(clients: Readonly<Record<string, unknown>>, tried: Tried): void {
  for (const client of Object.values(clients) as Clients[]) {
    client.middlewareStack.add(
      (next) => async (args) => {
        try {
          return await next(args);
        } catch (error) {
          throw explained(error as SdkError, tried);
        }
      },
      { step: 'initialize', name: 'explainErrors', priority: 'high' },
    );
  }
}

/** The error in a sentence that says what to set, where somebody can set it; any other as it is. */
export function explained(error: SdkError, { stage, region, place, policy = 'operator' }: Tried): Error {
  const says = (text: string) => new OperatorError(text, { cause: error });
  const { name, message, code, hostname } = error;
  // The SDK's, and the framework's of the same.
  const hasNone = name === 'CredentialsProviderError' || code === 'AWS_CREDENTIALS_NOT_FOUND';
  const profile = process.env['AWS_PROFILE'];
  if (hasNone && profile)
    return says(
      `There are no AWS credentials for stage ${stage} at ${place} by AWS_PROFILE=${profile}: is it in ~/.aws/config, and signed in?`,
    );
  if (hasNone)
    return says(
      `There are no AWS credentials for stage ${stage} at ${place}: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.${policy === 'operator' ? ' Without --stage, the laptop is meant.' : ''}`,
    );
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return says(
      `There is no ${hostname ?? 'such host'}: is the region ${region} right, and is there a network?`,
    );
  if (isOfSomebodyElse(error))
    return says(
      `What answers at ${place} is not AWS, or has no such service (status ${error.$metadata?.httpStatusCode}): is AWS_ENDPOINT_URL right, and DARKROOM_AWS_PORT?`,
    );
  if (/^(ExpiredToken|RequestExpired)/.test(name))
    return says(`The credentials for ${place} have expired: sign in again.`);
  if (
    /^(InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignature)/.test(
      name,
    )
  )
    return says(
      `${place} does not know these credentials (${name}): are they of the account of stage ${stage}, and not of another place?`,
    );
  if (/^(AccessDenied|AuthorizationError|UnauthorizedOperation)/.test(name))
    return says(
      `${place} refuses this to these credentials: ${message} What the call needs is in resources/policies/${policy}.json.`,
    );
  if (name === 'NoSuchBucket')
    return says(
      `There is no bucket ${error.BucketName ?? 'of that name'} at ${place}: is its name right, and the region ${region}?`,
    );
  return error;
}

/** Whatever AWS answers has a request ID, and its own words unless it has no body. */
function isOfSomebodyElse({ message, $metadata }: SdkError): boolean {
  const isUnderstood = !/Deserialization error/.test(message) && message !== 'UnknownError';
  return $metadata?.httpStatusCode !== undefined && $metadata.requestId === undefined && !isUnderstood;
}
