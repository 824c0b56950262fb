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

const inspect = 'shared/imaging/inspect/';
const imagingContract = 'shared/imaging/contract.ts';
const domain = 'shared/domain/';
const config = 'shared/config.ts';
const ports = ['shared/reconcile/ports.ts', 'shared/processing/ports.ts', 'shared/api/ports.ts'];
/** Of imaging only what others may call: nothing of a function decodes an original by itself. */
const forFunctions = [
  'shared/lambda/',
  'shared/aws/',
  'shared/reconcile/',
  'shared/processing/',
  'shared/api/',
  'shared/imaging/engine.ts',
  'shared/imaging/metadata-engine.ts',
  domain,
  config,
];
/** What every tool may use. */
const forTools = [
  'client/src/',
  'scripts/client/',
  'scripts/operations/',
  'scripts/page/',
  'scripts/terminal/',
  'scripts/random/',
  'scripts/web/',
  'scripts/local/',
  'functions/composition/',
  'shared/',
];

/** From the top down: what a room imports stands below it. */
export const rooms: readonly Room[] = [
  {
    path: 'test/',
    purpose: 'the tests',
    imports: 'anything',
    packages: 'anything',
  },
  {
    path: 'scripts/*.ts',
    purpose: 'the commands',
    imports: ['scripts/', 'functions/composition/', 'shared/', 'client/src/'],
    packages: 'anything',
    isReserved: true,
  },
  {
    path: 'scripts/*.mjs',
    purpose: 'what npm asks of a machine before it installs or starts',
    imports: [],
    packages: ['node:fs', 'node:path'],
    isReserved: true,
  },
  {
    path: 'scripts/docs/',
    purpose: 'the generated parts of the documentation',
    imports: ['scripts/attack/', 'scripts/bench/', 'scripts/cost/', 'scripts/layers/', ...forTools, config],
    packages: 'anything',
  },
  {
    path: 'scripts/attack/',
    purpose: 'what can be done from within an imaging process',
    imports: ['shared/imaging/isolation/child/', ...forTools],
    packages: 'anything',
  },
  {
    path: 'scripts/chaos/',
    purpose: 'everything broken at random, every upload accounted for',
    imports: [
      ...['scripts/bench/measure/', 'scripts/demo/', 'scripts/dlq/', 'scripts/image/', 'scripts/stack/'],
      ...forTools,
    ],
    packages: 'anything',
  },
  {
    path: 'scripts/smoke/',
    purpose: 'one picture the whole way through a running stage',
    imports: ['scripts/demo/', 'scripts/dlq/', ...forTools],
    packages: 'anything',
  },
  {
    path: 'scripts/operations-page/',
    purpose:
      'what the laptop’s page shows an operator, as JSON: what the tools find and do, to the page alone',
    // The page says what it needs, as a use case does by its ports.
    imports: ['web/src/operations/answers.ts', 'scripts/dlq/', 'scripts/image/', ...forTools],
    packages: 'anything',
  },
  {
    path: 'scripts/image/',
    purpose: 'one image, explained',
    imports: ['scripts/dlq/', ...forTools],
    packages: 'anything',
  },
  {
    path: 'scripts/bench/',
    purpose: 'the benchmark',
    imports: ['scripts/demo/', 'scripts/package/', 'scripts/stack/', ...forTools],
    packages: 'anything',
  },
  {
    path: 'scripts/stack/',
    purpose: 'a whole stack in processes of its own',
    imports: ['scripts/client/', 'scripts/operations/', 'scripts/terminal/', 'scripts/local/', 'client/src/'],
    packages: 'anything',
  },
  {
    path: 'scripts/*/',
    purpose: 'any other tool',
    imports: forTools,
    packages: 'anything',
  },
  {
    path: 'scripts/client/',
    purpose: 'what uses a running stack as its clients do: the API, image events, queues',
    imports: ['scripts/operations/', 'scripts/terminal/', 'scripts/local/', 'client/src/', 'shared/'],
    packages: 'anything',
  },
  {
    path: 'web/src/',
    purpose: 'the page, and the components that it is made of: it knows the client library alone',
    imports: ['client/src/'],
    packages: ['lit', 'oauth4webapi', 'thumbhash'],
  },
  {
    path: 'client/src/',
    purpose: 'the client library, for browsers and Node: it knows the API by its OpenAPI document alone',
    imports: [],
    packages: ['openapi-fetch'],
  },
  {
    path: 'scripts/operations/',
    purpose: 'what the operator’s tools share',
    imports: ['scripts/terminal/', 'scripts/local/', 'functions/composition/', 'shared/'],
    packages: 'anything',
  },
  {
    path: 'scripts/web/',
    purpose: 'the page, built from web/',
    imports: [],
    packages: 'anything',
  },
  {
    path: 'scripts/page/',
    purpose: 'the HTML pages that tools write',
    imports: ['scripts/terminal/', domain],
    packages: ['thumbhash'],
  },
  {
    path: 'scripts/terminal/',
    purpose: 'what every tool shares at a terminal: options, help, tables, progress, exit codes',
    imports: [],
    packages: ['cli-progress', 'cli-table3', 'node:util'],
  },
  {
    path: 'scripts/random/',
    purpose: 'random numbers that a seed repeats',
    imports: [],
    packages: [],
  },
  {
    path: 'scripts/local/',
    purpose: 'the laptop cloud: an island that could be a package of its own',
    imports: [],
    packages: 'anything',
  },
  {
    path: 'functions/*.ts',
    purpose: 'one function: configuration, adapters and a use case put together',
    imports: ['functions/composition/', 'docs/openapi.json', ...forFunctions],
    packages: ['@aws-lambda-powertools/logger', 'aws-lambda'],
  },
  {
    path: 'functions/composition/',
    purpose: 'what two functions, or a function and an operator’s tool, put together alike',
    imports: forFunctions,
    packages: ['@aws-lambda-powertools/logger'],
  },
  {
    path: 'shared/lambda/',
    purpose: 'the boundaries: events of API Gateway and SQS in, answers out, logs and metrics',
    imports: ['shared/processing/', 'shared/api/', domain],
    packages: ['@aws-lambda-powertools/*', 'aws-lambda', 'p-limit', 'node:crypto'],
  },
  {
    path: 'shared/aws/',
    purpose: 'the adapters of DynamoDB, S3, SQS and SNS; errors of the SDK are classified here',
    imports: [...ports, imagingContract, domain],
    packages: ['node:crypto', '@aws-sdk/*'],
  },
  {
    path: 'shared/reconcile/',
    purpose: 'what no worker lived to do',
    imports: ['shared/processing/', domain],
    packages: ['p-limit', 'node:crypto'],
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
    imports: ['shared/processing/', domain],
    packages: ['uuid', 'zod', 'node:crypto', 'node:timers'],
  },
  {
    path: 'shared/api/ports.ts',
    purpose: 'what the routes need of others: table and signers',
    imports: [domain],
    packages: [],
  },
  {
    path: 'shared/processing/',
    purpose: 'what a worker does with one event',
    imports: [imagingContract, domain],
    packages: ['node:crypto'],
  },
  {
    path: 'shared/processing/ports.ts',
    purpose: 'what processing needs of others: table, queue, originals, renditions, events',
    imports: [imagingContract, domain],
    packages: [],
  },
  {
    path: 'shared/imaging/engine.ts',
    purpose: 'a pool of disposable processes, as one engine that renders',
    imports: ['shared/imaging/isolation/', inspect, imagingContract, domain],
    packages: ['node:crypto'],
  },
  {
    path: 'shared/imaging/metadata-engine.ts',
    purpose: 'a pool of disposable processes, as one engine that reads metadata',
    imports: ['shared/imaging/isolation/', imagingContract],
    packages: [],
  },
  {
    path: 'shared/imaging/isolation/child/',
    purpose: 'the programs of those processes: the only places where hostile bytes are decoded or parsed',
    imports: [
      'shared/imaging/isolation/',
      'shared/imaging/render/',
      'shared/imaging/metadata/',
      imagingContract,
      domain,
    ],
    packages: ['node:net'],
    isReserved: true,
  },
  {
    path: 'shared/imaging/isolation/',
    purpose: 'the disposable process: how it is started, fed, watched and killed',
    imports: [inspect, imagingContract, domain],
    packages: [
      'node:child_process',
      'node:crypto',
      'node:fs',
      'node:module',
      'node:net',
      'node:os',
      'node:path',
      'node:stream',
      'node:url',
      'node:worker_threads',
      'zod',
    ],
  },
  {
    path: 'shared/imaging/render/',
    purpose: 'decode once, convert colors, reduce, encode, describe',
    imports: [inspect, imagingContract, domain],
    packages: ['libheif-js', 'sharp', 'thumbhash', 'node:crypto'],
  },
  {
    path: 'shared/imaging/metadata/',
    purpose: 'EXIF, XMP, IPTC and the names of color profiles',
    imports: [inspect, imagingContract, domain],
    packages: [],
  },
  {
    path: inspect,
    purpose: 'what the header of each format tells, and the limits that it must keep',
    imports: [imagingContract, domain],
    packages: ['file-type', 'saxes', 'node:zlib'],
  },
  {
    path: imagingContract,
    purpose: 'what others may ask of imaging',
    imports: [domain],
    packages: [],
  },
  {
    path: domain,
    purpose: 'the words and the pure rules: image record and status, tasks, variants, formats, keys, events',
    imports: [],
    packages: ['zod', 'node:crypto'],
  },
  {
    path: config,
    purpose: 'the only reader of the environment',
    imports: [],
    packages: ['zod'],
    isReserved: true,
  },
];

/** What Lambda, npm, Serverless or another program starts by its name. What none of it leads to is dead. */
export const programs: readonly string[] = [
  'client/src/client.ts',
  'web/src/page.ts',
  'web/src/upload/uploader.ts',
  'functions/*.ts',
  'scripts/*.ts',
  'scripts/*.mjs',
  'scripts/check/*.ts',
  'scripts/*/plugin.ts',
  'scripts/operations-page/operations-page.ts',
  'scripts/*/vitest.config.ts',
  'scripts/package/install-lambda-modules.ts',
  'scripts/local/serverless-offline/initialize-worker.ts',
  'scripts/layers/rules.ts',
  'scripts/chaos/engines-process.ts',
  'scripts/attack/*-process.ts',
  'scripts/bench/*/*-process.ts',
  'shared/imaging/isolation/child/render.ts',
  'shared/imaging/isolation/child/metadata.ts',
];
