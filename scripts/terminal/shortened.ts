// Makes a long name fit. Pure.

/** At most so many columns: of a longer name the beginning and the end, where its extension is. */
export function shortened(name: string, columns: number): string {
  const characters = [...name];
  if (characters.length <= columns) return name;
  const tail = Math.floor((columns - 1) / 3);
  return `${characters.slice(0, columns - 1 - tail).join('')}…${characters.slice(-tail).join('')}`;
}
