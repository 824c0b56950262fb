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
}

export interface Template {
  Resources: Record<string, TemplateResource>;
  Parameters?: Record<string, { Default?: TemplateValue }>;
  Mappings?: Record<string, Record<string, Record<string, TemplateValue>>>;
  Conditions?: Record<string, TemplateValue>;
}

export interface CompiledFunction {
  /** The key below `functions:` in serverless.yml. */
  key: string;
  /** The function's name in AWS: service-stage-key. */
  name: string;
  logicalId: string;
  /** File and export, as `functions/health.handler`. */
  handler: string;
  /** The logical id of the role that serverless.yml gives it. */
  role?: string | undefined;
  timeoutSeconds: number;
  /** The provider's variables with the function's own over them, intrinsics unresolved. */
  environment: { [variable: string]: TemplateValue };
}

export interface CompiledService {
  stackName: string;
  stage: string;
  region: string;
  template: Template;
  functions: CompiledFunction[];
}
