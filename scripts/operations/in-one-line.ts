// How a step of a deployment fails.

/** The framework prints an error's stack where it has one, and a person wants the line that says what is wrong. */
export async function inOneLine(step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    const { message } = error as Error;
    throw Object.assign(new Error(message, { cause: error }), { stack: message });
  }
}
