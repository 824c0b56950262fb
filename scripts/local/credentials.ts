// Who everybody is on the laptop: one account and one key pair, worth nothing anywhere else.

// fauxqs answers with this account in every ARN, and so does LocalStack.
export const localAccountId = '000000000000';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export const localCredentials: Credentials = {
  accessKeyId: 'darkroom-local',
  secretAccessKey: 'darkroom-local-secret',
};
