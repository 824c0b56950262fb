// How the files beside this one refuse a parameter: in one line that a person can act on.

/**
 * What is thrown at a stage that cannot be deployed as it is configured. The framework prints an error's stack where it has
 * one, and a person wants the one line that says what to set.
 */
export function refusal(message) {
  return Object.assign(new Error(message), { stack: message });
}
