// Which of several renditions a request would rather have, told from its Accept header.
// https://www.rfc-editor.org/rfc/rfc9110#name-accept

export interface Choosable {
  readonly contentType: string;
  readonly bytes: number;
}

interface MediaRange {
  readonly name: string;
  readonly quality: number;
}

/** How closely a range names the type: by its name, by its kind, or as anything. */
const closeness = (name: string, contentType: string): number => {
  if (name === contentType) return 2;
  if (name === `${contentType.split('/')[0]}/*`) return 1;
  return name === '*/*' ? 0 : -1;
};

/** What everything that shows pictures reads, for whoever does not name a format. */
const readEverywhere: readonly string[] = ['image/jpeg', 'image/png'];

/**
 * The best of what there is: of the highest quality value, then of those that are named rather than covered by a wildcard,
 * then the one of the fewest bytes. Where only wildcards speak, a format that everything reads comes first. Where nothing is
 * acceptable, the header is disregarded.
 */
export function bestFor<One extends Choosable>(accept: string, choices: readonly One[]): One | undefined {
  const ranges = rangesIn(accept);
  const rated = choices.map((choice) => ({ choice, ...ratingOf(choice, ranges) }));
  const acceptable = rated.filter(({ quality }) => quality > 0);
  const candidates = acceptable.length > 0 ? acceptable : rated.map((one) => ({ ...one, ...indifferent }));
  const [best] = candidates.toSorted(
    (one, other) =>
      other.quality - one.quality ||
      other.closeness - one.closeness ||
      (one.closeness < 2 ? commonness(other.choice) - commonness(one.choice) : 0) ||
      one.choice.bytes - other.choice.bytes,
  );
  return best?.choice;
}

const indifferent = { quality: 1, closeness: 0 };

/** By the range that names the type most closely, whatever others say. */
function ratingOf({ contentType }: Choosable, ranges: readonly MediaRange[]) {
  const [closest] = ranges
    .map(({ name, quality }) => ({ quality, closeness: closeness(name, contentType) }))
    .toSorted((one, other) => other.closeness - one.closeness);
  return closest && closest.closeness >= 0 ? closest : { quality: 0, closeness: 0 };
}

function commonness({ contentType }: Choosable): number {
  return readEverywhere.includes(contentType) ? 1 : 0;
}

function rangesIn(accept: string): MediaRange[] {
  return accept.split(',').map((one) => {
    const [name = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    return { name, quality: quality === undefined ? 1 : qualityValue(quality) };
  });
}

/** Of anything that is no quality value, 0: such a range accepts nothing. */
function qualityValue(text: string): number {
  return /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(text) ? Number(text) : 0;
}
