// The service's own functions, each loaded as Lambda loads it, on the laptop's cloud.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { createReconcileDependencies } from '../../../functions/composition/reconcile.ts';
import { startLaptopCloud } from '../../../scripts/local/cloud.ts';
import { compileProject } from '../../../scripts/local/template/compile.ts';
import {
  createCloudFrontClient,
  createS3Client,
  createSnsClient,
  createTableClient,
} from '../../../shared/aws/clients.ts';
import { readConfig } from '../../../shared/config.ts';
import { reconcile } from '../../../shared/reconcile/reconcile.ts';
import { lambdaContext } from '../../support/events.ts';
import type { Recorder } from './recorder.ts';

type Handler = (event: unknown, context: Context) => Promise<unknown>;

/** Starts the cloud and loads every function with its own environment, its clients watched. */
export async function startFunctions(recorder: Recorder) {
  const dataDir = await mkdtemp(join(tmpdir(), 'darkroom-recorded-'));
  const service = await compileProject({ stage: 'test' });
  const cloud = await startLaptopCloud({ dataDir, awsPort: 0, service });
  const handlers = new Map<string, Handler>();
  for (const { key, handler } of service.functions) {
    // As where a distribution is before the renditions: it is told of what is deleted.
    Object.assign(process.env, cloud.environmentOf(key), {
      DISTRIBUTION_ID: 'Distribution',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1024',
    });
    recorder.maker = key;
    const loaded = await import(/* @vite-ignore */ `../../../${handler.replace(/\.\w+$/, '')}.ts`);
    handlers.set(key, loaded[handler.split('.').at(-1) ?? '']);
  }
  recorder.maker = 'reconcile';
  const clients = {
    ...{ table: createTableClient(), s3: createS3Client(), sns: createSnsClient() },
    cloudFront: createCloudFrontClient(),
  };
  Object.assign(process.env, cloud.environmentOf('reconcile'), { DISTRIBUTION_ID: 'Distribution' });
  const reconciling = createReconcileDependencies(clients, readConfig('reconcile'));
  recorder.maker = 'the test';

  const invoke = async (key: string, event: unknown): Promise<unknown> => {
    const handler = handlers.get(key);
    if (handler === undefined) throw new Error(`serverless.yml has no function ${key}`);
    return handler(event, lambdaContext(60_000));
  };

  return {
    cloud,
    invoke,
    /** A request of an owner, as API Gateway hands it on. */
    async ask(
      key: string,
      { owner = 'someone', body, ...event }: { owner?: string; body?: object; pathParameters?: object } = {},
    ) {
      const claims = { iss: 'https://issuer.example', sub: owner };
      const answer = (await invoke(key, {
        ...{ headers: { 'content-type': 'application/json' }, rawPath: '/', rawQueryString: '', ...event },
        requestContext: {
          requestId: 'request',
          http: { method: 'GET', path: '/' },
          authorizer: { jwt: { claims } },
        },
        ...(body && { body: JSON.stringify(body) }),
      })) as APIGatewayProxyStructuredResultV2;
      const status = answer.statusCode ?? 0;
      if (status === 400 || status === 500) throw new Error(`${key}: ${answer.body}`);
      return { status, body: JSON.parse(answer.body || '{}') };
    },
    /** A run of the reconciler, as if it were so late. */
    reconcileAt: (now: Date) => reconcile({ ...reconciling, clock: () => now }),

    async stop() {
      await cloud.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export type StageFunctions = Awaited<ReturnType<typeof startFunctions>>;
