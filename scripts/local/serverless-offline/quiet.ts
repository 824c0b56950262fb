// Keeps serverless-offline from talking while it starts: its banner would bury the one line that matters.
// Its warnings and errors stay, and so do the functions' own logs.
import { createRequire } from 'node:module';

interface Logger {
  disable(): unknown;
}

const require = createRequire(import.meta.url);

/**
 * Silences serverless-offline's notices for good (start-up chatter, a line for each invocation), and
 * whatever it prints directly (its table of routes) until the returned function is called.
 */
export function silenceFramework(): () => void {
  // The same logger object that osls hands to the plugin.
  const { getPluginWriters } = require('serverless/lib/utils/serverless-utils/log') as {
    getPluginWriters(plugin: string): { log: Logger };
  };
  getPluginWriters('serverless-offline').log.disable();
  const print = console.log;
  console.log = () => {};
  return () => {
    console.log = print;
  };
}
