// Gathers the license texts of what a bundle holds: most licenses ask that their text goes wherever the code goes.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const licenseFile = /^(licen[cs]e|copying|notice)/i;

/**
 * One text for all bundled modules; those under the same text share it.
 * @param roots folders of the modules, relative to the service
 * @returns undefined when there is none
 */
export async function bundledLicenses(
  serviceDir: string,
  roots: readonly string[],
): Promise<string | undefined> {
  const modulesByText = new Map<string, string[]>();
  for (const root of roots) {
    const { module, text } = await licenseOf(join(serviceDir, root));
    modulesByText.set(text, [...(modulesByText.get(text) ?? []), module]);
  }
  if (modulesByText.size === 0) return undefined;
  return [...modulesByText].map(([text, modules]) => `${modules.join('\n')}\n\n${text}`).join('\n\n---\n\n');
}

async function licenseOf(root: string): Promise<{ module: string; text: string }> {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  const names = (await readdir(root)).filter((name) => licenseFile.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(root, name), 'utf8')));
  return {
    module: `${manifest.name} ${manifest.version} (${manifest.license})`,
    text: texts.map((text) => text.trim()).join('\n\n') || `License: ${manifest.license}`,
  };
}
