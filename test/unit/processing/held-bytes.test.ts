// How the worker bounds the originals it holds while it fetches ahead.

import { describe, expect, it } from 'vitest';
import { HeldBytes } from '../../../shared/processing/held-bytes.ts';

/** Begins work that ends when told to, and notes who is at it. */
function workshop(capacity: number) {
  const held = new HeldBytes(capacity);
  const working: string[] = [];
  const endings = new Map<string, (error?: Error) => void>();
  const begin = (name: string, bytes: number) =>
    held.hold(bytes, async () => {
      working.push(name);
      await new Promise<void>((resolve, reject) => {
        endings.set(name, (error) => (error ? reject(error) : resolve()));
      });
      working.splice(working.indexOf(name), 1);
      return name;
    });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { begin, end: (name: string, error?: Error) => endings.get(name)?.(error), working, settled };
}

describe('bytes held at a time', () => {
  it('are worked on together while they fit', async () => {
    const { begin, working, settled } = workshop(100);

    void begin('one', 60);
    void begin('two', 40);
    void begin('three', 1);
    await settled();

    expect(working).toEqual(['one', 'two']);
  });

  it('are given to whoever came first, even where a later one would fit', async () => {
    const { begin, end, working, settled } = workshop(100);
    void begin('large', 80);
    void begin('larger', 90);
    void begin('small', 10);
    await settled();
    expect(working).toEqual(['large']);

    end('large');
    await settled();

    expect(working).toEqual(['larger', 'small']);
  });

  it('let what exceeds them all run alone', async () => {
    const { begin, end, working, settled } = workshop(100);
    void begin('small', 1);
    void begin('huge', 1000);
    await settled();
    expect(working).toEqual(['small']);

    end('small');
    await settled();

    expect(working).toEqual(['huge']);
  });

  it('are free again after work that failed', async () => {
    const { begin, end, working, settled } = workshop(100);
    const failing = begin('failing', 100);
    void begin('next', 100);
    await settled();

    end('failing', new Error('no luck'));

    await expect(failing).rejects.toThrow('no luck');
    await settled();
    expect(working).toContain('next');
  });
});
