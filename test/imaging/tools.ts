// Independent tools of the operating system that some tests compare against.

import { spawnSync } from 'node:child_process';

const packages = {
  exiftool: 'libimage-exiftool-perl',
  convert: 'imagemagick',
  transicc: 'liblcms2-utils',
} as const;

export type Tool = keyof typeof packages;

const versionFlags: Readonly<Record<Tool, string>> = {
  exiftool: '-ver',
  convert: '-version',
  transicc: '--help',
};

export function has(tool: Tool): boolean {
  return spawnSync(tool, [versionFlags[tool]]).error === undefined;
}

/** For a test's title: a skipped test says what it lacks. */
export function without(tool: Tool): string {
  return has(tool) ? '' : ` (skipped: ${tool} is not installed; it comes with ${packages[tool]})`;
}

/** @throws {Error} with what the tool complained about */
export function run(tool: Tool, args: readonly string[], input?: Buffer): Buffer {
  const { status, stdout, stderr } = spawnSync(tool, args, { input, maxBuffer: 512 * 1024 * 1024 });
  if (status !== 0) throw new Error(`${tool}: ${stderr}`);
  return stdout;
}
