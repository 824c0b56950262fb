// The layout as a table: every room, what it is for, and what its files may import. The linter's rules and the table and
// the picture in docs/architecture.md are made from it.

export interface Room {
  /** A folder, with a slash at its end, or files; `*` stands for one name. Of two rooms that fit, the narrower counts. */
  readonly path: string;
  readonly purpose: string;
  /** What may be imported of ours: rooms, or folders of rooms. The files of one folder may always import one another. */
  readonly imports: readonly string[] | 'anything';
  /** npm packages (`@aws-sdk/*` is a whole scope) and Node's modules. */
  readonly packages: readonly string[] | 'anything';
  /** True where only rooms that name it may import it: to name a folder around it is not enough. */
  readonly isReserved?: true;
}

const domain = 'shared/domain/';
const config = 'shared/config.ts';
const imagingContract = 'shared/imaging/contract.ts';
const inspect = 'shared/imaging/inspect/';
const ports = ['shared/processing/ports.ts', 'shared/reconcile/ports.ts', 'shared/api/ports.ts'];
/** Of imaging, functions know what bounds it: nothing of theirs decodes a file. Metadata is read within bounds of its own. */
const forFunctions = [
  config,
  domain,
  'shared/processing/',
  'shared/reconcile/',
  'shared/api/',
  'shared/imaging/engine.ts',
  'shared/imaging/metadata/',
  'shared/aws/',
  'shared/lambda/',
];
/** What every tool may use. */
const forTools = ['shared/', 'functions/composition/', 'scripts/local/', 'scripts/operations/'];

export const rooms: readonly Room[] = [
  {
    path: 'functions/*.ts',
    purpose: 'one function: configuration, adapters and a use case put together',
    imports: ['functions/composition/', ...forFunctions],
    packages: ['@aws-lambda-powertools/logger', 'aws-lambda'],
  },
  {
    path: 'functions/composition/',
    purpose: 'what two functions, or a function and an operator’s tool, put together alike',
    imports: forFunctions,
    packages: ['@aws-lambda-powertools/logger'],
  },
  {
    path: config,
    purpose: 'the only reader of the environment',
    imports: [],
    packages: ['zod'],
    isReserved: true,
  },
  {
    path: domain,
    purpose: 'the words and the pure rules: image record and status, tasks, variants, formats, keys, events',
    imports: [],
    packages: ['zod', 'node:crypto'],
  },
  {
    path: 'shared/processing/',
    purpose: 'what a worker does with one event',
    imports: [domain, imagingContract],
    packages: ['node:crypto'],
  },
  {
    path: 'shared/processing/ports.ts',
    purpose: 'what processing needs of others: table, queue, originals, renditions, events',
    imports: [domain, imagingContract],
    packages: [],
  },
  {
    path: 'shared/reconcile/',
    purpose: 'what no worker lived to do',
    imports: [domain, 'shared/processing/'],
    packages: ['p-limit'],
  },
  {
    path: 'shared/reconcile/ports.ts',
    purpose: 'what reconciling needs of others: overdue images, originals, events',
    imports: [domain],
    packages: [],
  },
  {
    path: 'shared/api/',
    purpose: 'the use cases behind the routes, and what they answer',
    imports: [domain],
    packages: ['uuid', 'zod'],
  },
  {
    path: 'shared/api/ports.ts',
    purpose: 'what the routes need of others: table and signers',
    imports: [domain],
    packages: [],
  },
  {
    path: imagingContract,
    purpose: 'what others may ask of imaging',
    imports: [domain],
    packages: [],
  },
  {
    path: 'shared/imaging/engine.ts',
    purpose: 'a pool of disposable processes, as one imaging engine',
    imports: [domain, imagingContract, inspect, 'shared/imaging/isolation/'],
    packages: [],
  },
  {
    path: 'shared/imaging/isolation/',
    purpose: 'the disposable process: how it is started, fed, watched and killed',
    imports: [domain, imagingContract, inspect],
    packages: [
      'node:child_process',
      'node:crypto',
      'node:fs',
      'node:net',
      'node:os',
      'node:path',
      'node:url',
    ],
  },
  {
    path: 'shared/imaging/isolation/child.ts',
    purpose: 'the program of that process: the only place where hostile bytes are decoded',
    imports: [
      domain,
      imagingContract,
      'shared/imaging/isolation/',
      'shared/imaging/metadata/',
      'shared/imaging/render/',
    ],
    packages: ['node:net'],
    isReserved: true,
  },
  {
    path: inspect,
    purpose: 'what the header of each format tells, and the limits that it must keep',
    imports: [domain, imagingContract],
    packages: ['file-type', 'sax', 'node:zlib'],
  },
  {
    path: 'shared/imaging/metadata/',
    purpose: 'EXIF, XMP, IPTC and the names of color profiles',
    imports: [domain, imagingContract, inspect],
    packages: ['exifreader', 'sax'],
  },
  {
    path: 'shared/imaging/render/',
    purpose: 'decode once, convert colors, reduce, encode, describe',
    imports: [domain, imagingContract, inspect],
    packages: ['libheif-js', 'sharp', 'thumbhash', 'node:crypto'],
  },
  {
    path: 'shared/aws/',
    purpose: 'the adapters of DynamoDB, S3, SQS and SNS; errors of the SDK are classified here',
    imports: [domain, imagingContract, ...ports],
    packages: ['@aws-sdk/*'],
  },
  {
    path: 'shared/lambda/',
    purpose: 'the boundaries: events of API Gateway and SQS in, answers out, logs and metrics',
    imports: [domain, 'shared/processing/', 'shared/api/'],
    packages: ['@aws-lambda-powertools/*', 'aws-lambda', 'p-limit', 'node:crypto'],
  },
  {
    path: 'scripts/local/',
    purpose: 'the laptop cloud: an island that could be a package of its own',
    imports: [],
    packages: 'anything',
  },
  {
    path: 'scripts/operations/',
    purpose: 'what the operator’s tools share',
    imports: ['shared/', 'scripts/local/'],
    packages: 'anything',
  },
  {
    path: 'scripts/*/',
    purpose: 'one tool',
    imports: forTools,
    packages: 'anything',
  },
  {
    path: 'scripts/chaos/',
    purpose: 'everything broken at random, every upload accounted for',
    imports: [...forTools, 'scripts/dlq/'],
    packages: 'anything',
  },
  {
    path: 'scripts/soak/',
    purpose: 'bursts and kills, timed',
    imports: [...forTools, 'scripts/demo/'],
    packages: 'anything',
  },
  {
    path: 'scripts/bench/',
    purpose: 'the benchmark',
    imports: [...forTools, 'scripts/demo/', 'scripts/package/'],
    packages: 'anything',
  },
  {
    path: 'scripts/docs/',
    purpose: 'the generated parts of the documentation',
    imports: [...forTools, config, 'scripts/backfill/', 'scripts/bench/', 'scripts/layers/'],
    packages: 'anything',
  },
  {
    path: 'scripts/*.ts',
    purpose: 'the commands',
    imports: ['shared/', 'functions/composition/', 'scripts/'],
    packages: 'anything',
    isReserved: true,
  },
  {
    path: 'test/',
    purpose: 'the suite',
    imports: 'anything',
    packages: 'anything',
  },
];

/** What Lambda, npm, Serverless or another program starts by its name. What none of it leads to is dead. */
export const programs: readonly string[] = [
  'functions/*.ts',
  'scripts/*.ts',
  'scripts/require-node.mjs',
  'scripts/check/*.ts',
  'scripts/*/plugin.ts',
  'scripts/package/install-lambda-modules.ts',
  'scripts/layers/rules.ts',
  'scripts/chaos/engines.ts',
  'scripts/bench/*/*-process.ts',
  'shared/imaging/isolation/child.ts',
];
