// Numbers as people read them.

/** `950 B`, `12.3 kB`, `4.2 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_950) return `${(bytes / 1e3).toFixed(1)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** `4032×3024`. */
export function formatDimensions({ width, height }: { width: number; height: number }): string {
  return `${width}×${height}`;
}

/** `Canon EOS 5D`, also where the model repeats the maker's name. */
export function formatCamera(camera: { make?: string; model?: string } | undefined): string {
  const { make = '', model = '' } = camera ?? {};
  return model.toLowerCase().startsWith(make.toLowerCase()) ? model : `${make} ${model}`.trim();
}
