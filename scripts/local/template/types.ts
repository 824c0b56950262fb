// The shapes of a compiled service: a CloudFormation template and the functions that go with it.

export type TemplateValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | TemplateValue[]
  | { [key: string]: TemplateValue };

export interface TemplateResource {
  Type: string;
  Properties?: { [key: string]: TemplateValue };
  DependsOn?: string | string[];
  Condition?: string;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  UpdatePolicy?: { [key: string]: TemplateValue };
}

export interface Template {
  Resources: Record<string, TemplateResource>;
  Parameters?: Record<string, { Default?: TemplateValue }>;
  Conditions?: Record<string, TemplateValue>;
  Outputs?: Record<string, { Value: TemplateValue; Condition?: string }>;
}

export interface CompiledFunction {
  /** The key below `functions:` in serverless.yml. */
  readonly key: string;
  /** The function's name in AWS: service-stage-key. */
  readonly name: string;
  readonly logicalId: string;
  /** File and export, as `functions/health.handler`. */
  readonly handler: string;
  /** The logical id of the role that serverless.yml gives it. */
  readonly role?: string;
  readonly timeoutSeconds: number;
  /** The provider's variables with the function's own over them, intrinsics unresolved. */
  readonly environment: { [variable: string]: TemplateValue };
}

export interface CompiledService {
  readonly stackName: string;
  readonly stage: string;
  readonly region: string;
  readonly template: Template;
  readonly functions: CompiledFunction[];
}
