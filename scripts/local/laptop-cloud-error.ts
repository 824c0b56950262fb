// The one error class of the laptop cloud whose message is meant for the person at the terminal:
// the plugin prints it as one line, without a stack.

/** Something the reader can put right: a taken port, a setting, a template the laptop cannot run. */
export class LaptopCloudError extends Error {
  override readonly name = 'LaptopCloudError';
}
