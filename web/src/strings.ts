// Every sentence of the page, in English, by where it is said.

export const strings = {
  frame: {
    name: 'Darkroom',
    titles: { photos: 'Photos', image: 'Photo', operations: 'Operations', trace: 'Trace' },
    skip: 'Skip to the content',
    sections: 'Sections',
    broken: 'This part of the page could not be loaded. The page may have been replaced by a newer one.',
    reload: 'Load the page again',
  },
  session: {
    signIn: 'Sign in',
    signInAgain: 'Sign in again',
    signOut: 'Sign out',
    signedOut: 'Sign in to upload photos and to see yours.',
    signingIn: 'Signing in…',
    ended: 'You are not signed in any more. What was sent is safe; sign in again to go on.',
    denied: 'You were not signed in: it was refused or called off.',
    refused: (code: string) =>
      `The sign-in service refused (${code}). Try again, or ask whoever runs this page.`,
    failed: 'Signing in did not succeed. Try again.',
    wrongClock: 'The clock of this device is wrong. Set it right, then try again.',
    noIssuer: 'The sign-in service does not answer. Check your connection and try again.',
    noAnswer: 'The page’s server does not answer. Check that it runs, then load the page again.',
    noConfig: 'The page cannot read its configuration, /page/config.json. Ask whoever runs this page.',
    wrongConfig: (name: string) =>
      `The page’s configuration is wrong at “${name}”, in /page/config.json. Ask whoever runs this page.`,
    laptopRefused: (status: number) =>
      `The laptop’s own sign-in refused (${status}). It signs in its own page alone, and only where it issues the tokens.`,
  },
  upload: {
    drop: 'Drop photos here',
    dropHint: 'or paste them. JPEG, PNG, WebP, AVIF, HEIC, GIF, TIFF and SVG, up to 100 MB each.',
    choose: 'Choose photos',
    camera: 'Take a photo',
    cancel: 'Cancel',
    retry: 'Try again',
    dismiss: 'Remove from this list',
    uploads: 'Uploads',
    code: 'Code',
    offline: 'No connection. Uploads wait and go on by themselves.',
    total: (ready: number, failed: number, all: number) =>
      `${ready} of ${all} ready${failed > 0 ? `, ${failed} with a problem` : ''}`,
    phases: {
      waiting: 'Waiting for its turn',
      hashing: 'Checking',
      sending: 'Sending',
      developing: 'Developing',
      ready: 'Ready',
    },
  },
  gallery: {
    title: 'Photos',
    count: (count: number) => count.toLocaleString('en'),
    loading: 'Loading photos…',
    notLoaded: 'The photos could not be loaded.',
    noAnswer: 'The service does not answer.',
    again: 'Try again',
    filter: 'Show',
    unnamed: 'Unnamed photo',
    developing: 'Developing',
    arrived: (count: number) => (count === 1 ? '1 new photo' : `${count} new photos`),
    filters: {
      all: 'All',
      ready: 'Ready',
      processing: 'In progress',
      rejected: 'Not accepted',
      failed: 'Failed',
    },
    empty: {
      all: 'No photos yet.',
      ready: 'No photo is ready yet.',
      processing: 'Nothing is being developed.',
      rejected: 'Every file was accepted.',
      failed: 'Nothing has failed.',
    },
  },
  image: {
    title: 'Photo',
    close: 'Close',
  },
  operations: {
    title: 'Operations',
  },
} as const;

/** What whoever uploaded the file can do about it, by failure code. */
export const advice: Readonly<Record<string, string>> = {
  'unsupported-format': 'Export it as JPEG, PNG or WebP and choose it again.',
  'corrupt-image': 'The file is damaged. Copy it from where it came from once more.',
  'too-many-pixels': 'Make it smaller and choose it again.',
  'too-many-frames': 'Shorten the animation and choose it again.',
  'too-large': 'Make the file smaller and choose it again.',
  'too-expensive': 'Export it again with simpler settings.',
  'dependency-unavailable': 'Nothing is wrong with your file. Try again later.',
  internal: 'Nothing is wrong with your file. Try again later.',
};
