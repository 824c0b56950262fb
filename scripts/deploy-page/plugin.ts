// The serverless plugin that deploys the page with the stack: builds it before anything is changed, and puts it into its bucket
// once the stack is there.

import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { explainErrors } from '../operations/explained-errors.ts';
import { print } from '../terminal/print.ts';
import { keptPage } from '../web/kept-page.ts';
import { pageFiles } from './page-files.ts';
import { putPage } from './put-page.ts';

/** The part of the framework's interface that is used here. */
interface Serverless {
  readonly serviceDir: string;
  readonly service: {
    readonly custom?: { readonly page?: { readonly folder: string; readonly isDeployed?: boolean } };
  };
  getProvider(name: 'aws'): {
    readonly naming: { getStackName(): string };
    getStage(): string;
    getRegion(): string;
    /** Region and credentials, as the deployment has them. */
    getAwsSdkV3Config(): Promise<S3ClientConfig>;
  };
}

export default class DeployPagePlugin {
  readonly hooks = {
    'before:deploy:deploy': () => inOneLine(() => this.#build()),
    'after:deploy:deploy': () => inOneLine(() => this.#put()),
  };
  readonly #serverless: Serverless;
  #folder: string | undefined;

  constructor(serverless: Serverless) {
    this.#serverless = serverless;
  }

  async #build(): Promise<void> {
    const { serviceDir, service } = this.#serverless;
    const { page } = service.custom ?? {};
    if (page?.isDeployed) this.#folder = await keptPage(serviceDir, page.folder);
  }

  async #put(): Promise<void> {
    if (this.#folder === undefined) return;
    const provider = this.#serverless.getProvider('aws');
    const config = await provider.getAwsSdkV3Config();
    const clients = {
      cloudFormation: new CloudFormationClient(config as object),
      s3: new S3Client({ ...config, forcePathStyle: process.env['AWS_ENDPOINT_URL'] !== undefined }),
    };
    const region = provider.getRegion();
    explainErrors(clients, { stage: provider.getStage(), region, place: `AWS ${region}`, policy: 'deploy' });
    const outputs = await outputsOf(clients.cloudFormation, provider.naming.getStackName());
    const { PageBucketName: bucket = '', PageConfig: text, PageUrl: url } = outputs;
    if (text === undefined) {
      print(
        'The page is not deployed: the stage parameter signInClientId does not say whom jwtIssuer knows it as.',
      );
      return;
    }
    const { put, deleted } = await putPage(clients.s3, bucket, await pageFiles(this.#folder, text));
    const counts = `${put.length} files put, ${deleted.length} deleted`;
    print(`page: ${url} (${put.length + deleted.length === 0 ? 'nothing has changed' : counts})`);
  }
}

async function outputsOf(
  client: CloudFormationClient,
  StackName: string,
): Promise<Record<string, string | undefined>> {
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  return Object.fromEntries(
    stack?.Outputs?.map(({ OutputKey = '', OutputValue }) => [OutputKey, OutputValue]) ?? [],
  );
}

/** The framework prints an error's stack where it has one, and a person wants the line that says what is wrong. */
async function inOneLine(step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    const { message } = error as Error;
    throw Object.assign(new Error(message, { cause: error }), { stack: message });
  }
}
