// How the files beside this one refuse a parameter: in one line that a person can act on.

/**
 * What is thrown at a stage that cannot be deployed as it is configured. The framework prints an error's stack where it has
 * one, and a person wants the one line that says what to set.
 */
export function refusal(message) {
  return Object.assign(new Error(message), { stack: message, isRefusal: true });
}

/**
 * What a parameter is read as that is refused: many ask for it, and the framework prints what each of them was told. Once is
 * enough, and resources/checks.js asks whoever refuses.
 */
export async function unlessRefused(read, otherwise) {
  try {
    return await read();
  } catch (error) {
    if (!error.isRefusal) throw error;
    return otherwise;
  }
}
