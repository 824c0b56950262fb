// THE table of what each stage parameter may be: a value that AWS would refuse after minutes, or take and do harm with, is
// refused when the stage is packaged, and so is a name that means nothing. What a file beside this one reads, it checks itself.
import { refusal } from './refusal.js';

const anything = { is: 'a text', fits: () => true };
const oneOf = (...words) => ({ is: words.join(' or '), fits: (value) => words.includes(value) });
const whole = (least, most) => ({
  is: `a whole number from ${least} to ${most}`,
  fits: (value) => /^\d{1,15}$/.test(value) && Number(value) >= least && Number(value) <= most,
});
const matching = (is, pattern) => ({ is, fits: (value) => pattern.test(value) });
const url = (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);

const most = 1e15 - 1;

export const parameters = {
  allowedOrigins: anything,
  logLevel: {
    ...oneOf('INFO', 'DEBUG'),
    is: 'INFO or DEBUG; Lambda would drop the metrics, which are lines of INFO',
  },
  systemLogLevel: oneOf('WARN', 'INFO', 'DEBUG'),
  jwtIssuer: {
    is: 'empty, or a URL such as https://issuer.example',
    fits: (value) => value === '' || url(value),
  },
  jwtAudience: anything,
  signInClientId: anything,
  // What API Gateway gives a whole account: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
  throttleRate: whole(1, 10_000),
  throttleBurst: whole(1, 5000),
  // https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-app-idp-settings.html
  signInCallbacks: {
    is: 'URLs separated by commas, by https or on localhost',
    fits: (value) =>
      value.split(',').every((one) => /^(https:|http:\/\/localhost[:/])/.test(one.trim()) && url(one)),
  },
  // As much as one PUT may bring: https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html
  maxUploadBytes: whole(1, 5 * 1024 ** 3),
  // A signature lives a week at most: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html
  uploadExpirySeconds: whole(1, 604_800),
  maxOpenUploads: whole(1, most),
  maxImages: whole(1, most),
  maxStoredBytes: whole(1, most),
  maxRejectedPerHour: whole(1, most),
  // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
  workerTimeoutSeconds: whole(1, 900),
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
  visibilityTimeoutSeconds: whole(1, 43_200),
  retryBackoffBaseSeconds: whole(0, 900),
  maxReceiveCount: whole(1, 1000),
  // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
  workerConcurrency: whole(2, 1000),
  alarmEmail: matching('empty, or an address such as night@photos.example', /^$|^[^\s@,]+@[^\s@,]+$/),
  budgetDollars: matching('a number of dollars, 0 for no budget', /^\d{1,9}(\.\d{1,2})?$/),
  foreignOriginals: anything,
  separateOwners: oneOf('true', 'false'),
  delivery: anything,
  deliveryDomain: matching(
    'empty, or a host name such as images.photos.example',
    /^$|^[a-z0-9-]+(\.[a-z0-9-]+)+$/,
  ),
  deliveryCertificate: anything,
  deliveryKeys: anything,
  unissuedOwner: matching('an owner ID, or unowned', /^\S+$/),
  dataDeletionPolicy: oneOf('Delete', 'Retain', 'RetainExceptOnCreate'),
  deletionProtection: oneOf('true', 'false'),
  canary: anything,
};

/** @throws at a parameter that there is not, at a value that is none, and at values that do not fit together */
export async function checkParameters({ resolveVariable, resolveConfigurationProperty }) {
  const typed = [await resolveVariable("opt:param, ''")].flat();
  const stages = Object.values(await resolveConfigurationProperty(['params']));
  const named = [...typed.map((one) => one.split('=')[0]), ...stages.flatMap((one) => Object.keys(one))];
  const unknown = named.find((name) => name !== '' && !Object.hasOwn(parameters, name));
  if (unknown !== undefined)
    throw refusal(
      `--param ${unknown}: there is no such parameter; there are ${Object.keys(parameters).join(', ')}`,
    );
  const values = {};
  for (const [name, { is, fits }] of Object.entries(parameters)) {
    const value = [await resolveVariable(`param:${name}`)].flat().join(',');
    if (!fits(value)) throw refusal(`--param ${name}=${value}: it is ${is}`);
    values[name] = value;
  }
  if ((values.jwtIssuer === '') !== (values.jwtAudience === ''))
    throw refusal('jwtIssuer and jwtAudience: set both or neither');
  // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
  if (Number(values.visibilityTimeoutSeconds) < Number(values.workerTimeoutSeconds))
    throw refusal(
      `--param visibilityTimeoutSeconds=${values.visibilityTimeoutSeconds}: it is at least workerTimeoutSeconds (${values.workerTimeoutSeconds}), better six times that: Lambda reads no queue that hides messages for less`,
    );
}
