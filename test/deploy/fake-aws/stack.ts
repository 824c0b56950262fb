// What CloudFormation keeps of one stack.

export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly deletionPolicy: string;
  /** Of an alias that CodeDeploy moves. */
  readonly updatePolicy?: {
    readonly CodeDeployLambdaAliasUpdate: {
      readonly ApplicationName: string;
      readonly DeploymentGroupName: string;
    };
  };
}

export interface StackEvent {
  readonly id: string;
  readonly logicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
}

export interface Stack {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  status: string;
  isProtected: boolean;
  template: string;
  tags: Readonly<Record<string, string>>;
  resources: Map<string, Resource>;
  outputs: Readonly<Record<string, string>>;
  readonly events: StackEvent[];
  /** Of functions, by name: when they were last changed. */
  readonly modifiedAt: Map<string, Date>;
}
