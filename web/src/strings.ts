// Every sentence of the page, in English, by where it is said.

export const strings = {
  frame: {
    name: 'Darkroom',
    titles: { photos: 'Photos', image: 'Photo', operations: 'Operations', trace: 'Trace' },
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
