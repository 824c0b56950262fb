// What a worker does with a file that is at fault, or that is not there any more.

import { beforeEach, describe, expect, it } from 'vitest';
import { OriginalGone } from '../../../shared/processing/ports.ts';
import {
  corrupt,
  created,
  createWorld,
  delivery,
  failing,
  imageId,
  newer,
  renditionsOf,
  type World,
} from '../support/worker-world.ts';

let world: World;

beforeEach(() => {
  world = createWorld();
});

const damaged = 'The file is damaged or incomplete';

describe('a file that is at fault', () => {
  beforeEach(() => {
    world.results.renditions = failing(corrupt);
  });

  it('is rejected at its first receive, told, and put among the rejections with what an operator needs', async () => {
    const disposition = await world.renditions(created(), delivery());

    expect(disposition).toEqual({ kind: 'acknowledge' });
    expect(await world.record()).toMatchObject({
      renditionsTask: {
        ...{ state: 'rejected', failure: { code: 'corrupt-image', message: `${damaged}: premature end.` } },
      },
    });
    expect(world.announcements()).toEqual(['image.rejected']);
    expect(world.queue.rejectedMessages).toEqual([
      {
        body: 'the body',
        failureCode: 'corrupt-image',
        failureMessage: `${damaged}: premature end.`,
        imageId,
      },
    ]);
    expect(world.measured[0]).toEqual(['UnitsRejected', 1]);
  });

  it('is told of once when both workers reject it', async () => {
    world.results.metadata = failing(corrupt);

    await world.renditions(created(), delivery());
    const disposition = await world.metadata(created(), delivery());

    expect(disposition).toEqual({ kind: 'acknowledge' });
    expect(await world.record()).toMatchObject({ metadataTask: { state: 'rejected' } });
    expect(world.announcements()).toEqual(['image.rejected']);
    expect(world.queue.rejectedMessages).toHaveLength(1);
  });

  it('loses what was stored of the original before', async () => {
    const old = renditionsOf(created()).map(({ key }) => key);
    world.results.renditions = async (event) => ({ renditions: renditionsOf(event) });
    await world.renditions(created(), delivery());
    await world.keep(...old);
    world.results.renditions = failing(corrupt);

    await world.renditions(created({ sequencer: newer }), delivery());

    expect(await world.record()).toMatchObject({ superseded: old });
    expect(world.kept()).toEqual([]);
  });

  it('is rejected with nobody told of it when a newer original came meanwhile', async () => {
    world.results.renditions = async () => {
      await world.metadata(created({ sequencer: newer }), delivery());
      throw corrupt;
    };

    expect(await world.renditions(created(), delivery())).toEqual({ kind: 'acknowledge' });

    expect(world.queue.rejectedMessages).toEqual([]);
    expect(world.announcements()).toEqual([]);
    expect(world.measured.map(([metric]) => metric)).not.toContain('UnitsRejected');
  });
});

describe('an original that is gone', () => {
  it('is acknowledged without an outcome: its removal has an event of its own', async () => {
    world.results.renditions = failing(new OriginalGone('gone'));

    expect(await world.renditions(created(), delivery({ receiveCount: 5 }))).toEqual({ kind: 'acknowledge' });

    expect(await world.record()).toMatchObject({ renditionsTask: { state: 'running' } });
    expect(world.measured).toEqual([]);
    expect(world.announcements()).toEqual([]);
  });
});
