// The serverless plugin that deploys the page with the stack: builds it before anything is changed, and puts it into its bucket
// once the stack is there. The page of a stage that has a distribution no longer goes first.

import { CloudFormationClient, type CloudFormationClientConfig } from '@aws-sdk/client-cloudformation';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { explainErrors } from '../operations/explained-errors.ts';
import { inOneLine } from '../operations/in-one-line.ts';
import { placeOf } from '../operations/region.ts';
import { findStack, outputsOf } from '../operations/stack.ts';
import { print } from '../terminal/print.ts';
import { keptPage } from '../web/kept-page.ts';
import { pageFiles } from './page-files.ts';
import { emptyPage, putPage } from './put-page.ts';

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
    getAwsSdkV3Config(): Promise<S3ClientConfig & CloudFormationClientConfig>;
  };
}

export default class DeployPagePlugin {
  readonly hooks = {
    'before:deploy:deploy': () => inOneLine(() => this.#prepare()),
    'after:deploy:deploy': () => inOneLine(() => this.#put()),
  };
  readonly #serverless: Serverless;
  #folder: string | undefined;

  constructor(serverless: Serverless) {
    this.#serverless = serverless;
  }

  async #prepare(): Promise<void> {
    const { serviceDir, service } = this.#serverless;
    const { page } = service.custom ?? {};
    if (page?.isDeployed) this.#folder = await keptPage(serviceDir, page.folder);
    else await this.#empty();
  }

  /** Of a stage that had a distribution, and has none from now on. */
  async #empty(): Promise<void> {
    const { s3, outputs } = await this.#stack();
    if (outputs['PageBucketName'] !== undefined) await emptyPage(s3, outputs['PageBucketName']);
  }

  async #put(): Promise<void> {
    if (this.#folder === undefined) return;
    const { s3, outputs } = await this.#stack();
    const { PageBucketName: bucket = '', PageConfig: config, PageUrl: url } = outputs;
    if (config === undefined) {
      print(
        'The page is not deployed: the stage parameter signInClientId does not say whom jwtIssuer knows it as.',
      );
      return;
    }
    const { put, deleted } = await putPage(s3, bucket, await pageFiles(this.#folder, config));
    const counts = `${put.length} files put, ${deleted.length} deleted`;
    print(`page: ${url} (${put.length + deleted.length === 0 ? 'nothing has changed' : counts})`);
  }

  /** What the stack says, if there is one, and S3 as the deployment calls it. */
  async #stack(): Promise<{ s3: S3Client; outputs: Readonly<Record<string, string | undefined>> }> {
    const provider = this.#serverless.getProvider('aws');
    const config = await provider.getAwsSdkV3Config();
    const cloudFormation = new CloudFormationClient(config);
    const s3 = new S3Client({ ...config, forcePathStyle: process.env['AWS_ENDPOINT_URL'] !== undefined });
    const region = provider.getRegion();
    const tried = { stage: provider.getStage(), region, place: placeOf(region), policy: 'deploy' } as const;
    explainErrors({ cloudFormation, s3 }, tried);
    return { s3, outputs: outputsOf(await findStack(cloudFormation, provider.naming.getStackName())) };
  }
}
