// What a tool's options are made of: each says what it means, what its value must be, and what holds without it.

/** What a value must be. */
export interface Kind<Value> {
  /** Ends the sentence "--rate takes". */
  readonly expects: string;
  /** Undefined for a text that is no such value. */
  read(text: string): Value | undefined;
  /** As it would be typed, where that is not how it is written by itself. */
  show?(value: Value): string;
}

export interface Option<Value> {
  /** For --help. */
  readonly meaning: string;
  /** What stands for the value in --help. A switch has neither this nor a kind. */
  readonly placeholder?: string;
  readonly kind?: Kind<Value>;
  /** What holds when the option is not given. */
  readonly fallback?: Value;
  readonly isRequired?: boolean;
}

/** By name in camel case: `maxImages` is typed `--max-images`. */
export type Options = Readonly<Record<string, Option<unknown>>>;

export type ValuesOf<Some extends Options> = {
  readonly [Name in keyof Some]: Some[Name] extends Option<infer Value> ? Value : never;
};

/** False unless it is given. */
export function flag(meaning: string): Option<boolean> {
  return { meaning, fallback: false };
}

/** Undefined unless it is given. */
export function optional<Value>(
  kind: Kind<Value>,
  placeholder: string,
  meaning: string,
): Option<Value | undefined> {
  return { kind, placeholder, meaning };
}

export function withDefault<Value>(
  kind: Kind<Value>,
  placeholder: string,
  meaning: string,
  fallback: Value,
): Option<Value> {
  return { kind, placeholder, meaning, fallback };
}

export function required<Value>(kind: Kind<Value>, placeholder: string, meaning: string): Option<Value> {
  return { kind, placeholder, meaning, isRequired: true };
}

export const text: Kind<string> = {
  expects: 'a text that is not empty',
  read: (given) => given || undefined,
};

/** One of some words, which a refusal names. */
export function oneOf(words: readonly string[]): Kind<string> {
  return {
    expects: `one of ${words.join(', ')}`,
    read: (given) => (words.includes(given) ? given : undefined),
  };
}

export function wholeNumber(minimum = 1, maximum = Number.MAX_SAFE_INTEGER): Kind<number> {
  return {
    expects:
      maximum === Number.MAX_SAFE_INTEGER
        ? `a whole number of at least ${minimum}`
        : `a whole number from ${minimum} to ${maximum}`,
    read(given) {
      const number = Number(given || Number.NaN);
      return Number.isSafeInteger(number) && number >= minimum && number <= maximum ? number : undefined;
    },
  };
}

export const positiveNumber: Kind<number> = {
  expects: 'a number above zero',
  read(given) {
    const number = Number(given);
    return Number.isFinite(number) && number > 0 ? number : undefined;
  },
};

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Milliseconds. */
export const duration: Kind<number> = {
  expects: 'a duration such as 90s, 15m, 2h or 7d',
  read(given) {
    const [, amount, unit = ''] = /^(\d+)([smhd])$/.exec(given) ?? [];
    const seconds = unitSeconds[unit];
    return amount === undefined || seconds === undefined ? undefined : Number(amount) * seconds * 1000;
  },
  show(milliseconds) {
    const [unit = 's', seconds = 1] =
      Object.entries(unitSeconds).findLast(([, each]) => milliseconds % (each * 1000) === 0) ?? [];
    return `${milliseconds / 1000 / seconds}${unit}`;
  },
};

/** Without a slash at its end. */
export const httpUrl: Kind<string> = {
  expects: 'an http or https URL',
  read(given) {
    const url = URL.canParse(given) ? new URL(given) : undefined;
    return url && /^https?:$/.test(url.protocol) ? url.href.replace(/\/+$/, '') : undefined;
  },
};
