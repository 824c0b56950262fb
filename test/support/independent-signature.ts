// The signature that S3 would compute for pre-signed material, by an implementation of SigV4 that shares no code with the
// SDK, which signs here, nor with the signer that the local S3 verifies by.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html

import { AwsV4Signer } from 'aws4fetch';

export interface SentRequest {
  readonly method: string;
  readonly url: string;
  /** As the client sends them, Content-Length among them; Host is that of the URL. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Of a request to a pre-signed URL: over the headers that the URL names, as they are sent. */
export function signatureOfRequest(
  { method, url, headers }: SentRequest,
  secretAccessKey: string,
): Promise<string> {
  const unsigned = new URL(url);
  unsigned.searchParams.delete('X-Amz-Signature');
  const named = (unsigned.searchParams.get('X-Amz-SignedHeaders') ?? '').split(';');
  const signer = new AwsV4Signer({
    ...{ method, url: unsigned.href, secretAccessKey, signQuery: true, allHeaders: true },
    headers: Object.entries(headers).filter(([name]) => named.includes(name.toLowerCase())),
    ...scopeOf(unsigned.searchParams.get('X-Amz-Credential'), unsigned.searchParams.get('X-Amz-Date')),
  });
  return signer.signature();
}

/** Of a form: over its policy, whatever else the form says. */
export function signatureOfForm(
  fields: Readonly<Record<string, string>>,
  secretAccessKey: string,
): Promise<string> {
  const signer = new PolicySigner(fields['Policy'] ?? '', {
    ...{ url: 'https://s3', secretAccessKey },
    ...scopeOf(fields['X-Amz-Credential'], fields['X-Amz-Date']),
  });
  return signer.signature();
}

class PolicySigner extends AwsV4Signer {
  readonly #policy: string;

  constructor(policy: string, options: ConstructorParameters<typeof AwsV4Signer>[0]) {
    super(options);
    this.#policy = policy;
  }

  override async stringToSign(): Promise<string> {
    return this.#policy;
  }
}

function scopeOf(credential: string | null | undefined, date: string | null | undefined) {
  const [accessKeyId = '', , region = '', service = ''] = (credential ?? '').split('/');
  return { accessKeyId, region, service, datetime: date ?? '' };
}
