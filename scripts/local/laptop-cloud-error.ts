// The errors of the laptop cloud whose message is meant for the person at the terminal:
// the plugin prints it as one line, without a stack.

/** Something the reader can put right: a taken port, a setting, a template the laptop cannot run. */
export class LaptopCloudError extends Error {
  override readonly name: string = 'LaptopCloudError';
}

/** One that another value of a setting avoids. What the setting is called, its reader knows (settings.ts). */
export class SettingError extends LaptopCloudError {
  override readonly name = 'SettingError';
  readonly setting: 'apiPort' | 'awsPort' | 'dataDir';
  /** The message for a reader who knows the setting by another name, as that of a variable. */
  readonly messageFor: (settingName: string) => string;

  constructor(
    setting: SettingError['setting'],
    messageFor: (settingName: string) => string,
    options?: ErrorOptions,
  ) {
    super(messageFor(setting), options);
    this.setting = setting;
    this.messageFor = messageFor;
  }
}
