// peers: the same four JPEGs by what npm and Debian offer, outputs checked, so that nobody wins by doing less.

import { interleave, stepsOf } from '../measure/interleave.ts';
import { modulePeers } from '../peers/modules.ts';
import type { Peer } from '../peers/peer.ts';
import { programPeers } from '../peers/programs.ts';
import { describePhotos, loadPhotos } from '../photos.ts';
import { checkAll } from '../render/check.ts';
import { createDarkroom } from '../render/darkroom.ts';
import type { Renderer } from '../render/output.ts';
import { presets } from '../render/presets.ts';
import { clone, tutorial } from '../render/sharp-styles.ts';
import type { BenchOptions, Suite } from '../suite.ts';
import { type PeersData, reportPeers } from './peers-report.ts';

const defaultRounds = 3;

export const peers: Suite<PeersData> = {
  summary:
    'the same renditions by sharp, jimp, @napi-rs/image, ImageMagick, GraphicsMagick and vipsthumbnail',

  async run({ photos: folder, runs, isQuick, steps }: BenchOptions) {
    const photos = await loadPhotos(folder, isQuick ? 2 : undefined);
    const rounds = runs ?? (isQuick ? 1 : defaultRounds);
    const opened = await Promise.all([...modulePeers, ...programPeers].map(openPeer));
    const renderers: Renderer[] = [await createDarkroom(), tutorial, clone];
    for (const { renderer } of opened) if (renderer) renderers.push(renderer);
    try {
      steps.expect(photos.length * renderers.length);
      const checked = await checkAll(renderers, photos, 'jpeg', steps.done);
      const contenders = renderers.map(({ name, render }) => ({
        name,
        run: ({ bytes }: { bytes: Buffer }) => render(bytes, presets.jpeg),
      }));
      const work = { contenders, items: photos, rounds, onStep: steps.done };
      steps.expect(stepsOf(work));
      return {
        ...{ photos: describePhotos(photos, folder), rounds, checked },
        samples: await interleave(work),
        skipped: opened.filter(({ renderer }) => renderer === undefined).map(({ name }) => name),
      };
    } finally {
      await Promise.all(renderers.map((renderer) => renderer.close?.()));
    }
  },

  report: reportPeers,
};

async function openPeer({ name, open }: Peer): Promise<{ name: string; renderer: Renderer | undefined }> {
  return { name, renderer: await open() };
}
