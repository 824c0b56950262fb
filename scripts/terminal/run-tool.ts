// Runs a tool as its user does: command line in, exit code out, and of any error one line that says what to do.
import { readCommandLine, type Tool } from './command-line.ts';
import { messageOf } from './error-message.ts';
import { UsageError } from './errors.ts';
import { helpOf } from './help.ts';
import type { Options, ValuesOf } from './options.ts';
import { print } from './print.ts';

/**
 * Sets the exit code: 0 done, 1 failed, 2 not understood.
 * @param main answers the exit code
 */
export async function runTool<Some extends Options>(
  tool: Tool<Some>,
  main: (values: ValuesOf<Some>, operands: readonly string[]) => Promise<number>,
): Promise<void> {
  // Whoever reads the output may stop before its end, as `head` does.
  process.stdout.once('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1));
  try {
    const commandLine = readCommandLine(tool, process.argv.slice(2));
    if (commandLine === undefined) print(helpOf(tool));
    else process.exitCode = await main(commandLine.values, commandLine.operands);
  } catch (error) {
    const isUsage = error instanceof UsageError;
    process.exitCode = isUsage ? 2 : 1;
    const hint = isUsage ? ` See npm run ${tool.name} -- --help.` : '';
    process.stderr.write(`${messageOf(error as Error)}${hint}\n`);
  }
}
