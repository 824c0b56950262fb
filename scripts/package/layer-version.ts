// A layer in the template, under names that follow from what is in it: another layer is another resource at another place, and
// the same one is neither made nor uploaded again.

export interface Layer {
  readonly logicalId: string;
  /**
   * Of the zip, in `.serverless/layers` as in the bucket of deployments. Not `.zip`: the framework would compare it with what it
   * has uploaded itself, and find a change every time.
   */
  readonly fileName: string;
}

/** @param sha256 of the zip, in hex digits */
export function imagingLayer(sha256: string): Layer {
  const digest = sha256.slice(0, 32);
  return { logicalId: `ImagingLayer${digest}`, fileName: `imaging-${digest}.layer` };
}

/**
 * @param prefix what the name of everything of the stage begins with
 * @param folder of the stage in the bucket of deployments. What deployments leave there in folders of their own is deleted after
 * five of them; this is not.
 */
export function layerVersion({ fileName }: Layer, prefix: string, folder: string): LayerVersion {
  return {
    Type: 'AWS::Lambda::LayerVersion',
    Properties: {
      LayerName: `${prefix}-imaging`,
      Content: { S3Bucket: { Ref: 'ServerlessDeploymentBucket' }, S3Key: `${folder}/layers/${fileName}` },
      CompatibleRuntimes: ['nodejs24.x'],
      CompatibleArchitectures: ['arm64'],
    },
  };
}

interface LayerVersion {
  readonly Type: 'AWS::Lambda::LayerVersion';
  readonly Properties: {
    readonly LayerName: string;
    readonly Content: { readonly S3Bucket: { readonly Ref: string }; readonly S3Key: string };
    readonly CompatibleRuntimes: string[];
    readonly CompatibleArchitectures: string[];
  };
}
