// Names a camera as people do.

/** `Canon EOS 5D`, also where the model repeats the maker's name. */
export function formatCamera(camera: { make?: string; model?: string } | undefined): string {
  const { make = '', model = '' } = camera ?? {};
  return model.toLowerCase().startsWith(make.toLowerCase()) ? model : `${make} ${model}`.trim();
}
