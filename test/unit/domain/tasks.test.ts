// The task table and what follows from it, and the variant table's own rules.

import { describe, expect, it } from 'vitest';
import { outputFormats } from '../../../shared/domain/formats.ts';
import { taskTable } from '../../../shared/domain/task-table.ts';
import { objectKeepers, otherTasks, rowOf, taskAttribute, tasks } from '../../../shared/domain/tasks.ts';
import { variants } from '../../../shared/domain/variants.ts';

describe('the tasks', () => {
  it('are those of the table, in its order', () => {
    expect(tasks).toEqual(Object.keys(taskTable));
    expect(tasks).toEqual(expect.arrayContaining(['renditions', 'metadata']));
    expect(rowOf('metadata')).toBe(taskTable.metadata);
  });

  it('leave in the record what their rows say, and no two the same', () => {
    expect(rowOf('renditions').leaves).toEqual(['renditions', 'placeholder', 'perceptualHash', 'sha256']);
    expect(rowOf('metadata').leaves).toEqual(['metadata']);
    const all = tasks.flatMap((task) => rowOf(task).leaves);
    expect(new Set(all).size).toBe(all.length);
  });

  it('are each recorded under an attribute of their own', () => {
    expect(taskAttribute('renditions')).toBe('renditionsTask');
    expect(taskAttribute('metadata')).toBe('metadataTask');
  });

  it.each(tasks)('are owed beside one another: all but %s', (task) => {
    expect([...otherTasks(task), task].toSorted()).toEqual(tasks.toSorted());
    expect(otherTasks(task)).not.toContain(task);
  });

  it('that keep objects are those whose rows say so', () => {
    expect(objectKeepers).toContain('renditions');
    expect(objectKeepers).not.toContain('metadata');
  });
});

describe('a variant', () => {
  it.each(variants.map((variant) => [variant.name, variant] as const))(
    '%s has a box, a fit, and formats that can be encoded',
    (name, { width, height, fit, formats }) => {
      expect(name).toMatch(/^[a-z]+$/);
      expect(width).toBeGreaterThan(0);
      expect(height).toBeGreaterThan(0);
      expect(['inside', 'cover']).toContain(fit);
      expect(formats.length).toBeGreaterThan(0);
      for (const format of formats) expect(Object.keys(outputFormats)).toContain(format);
    },
  );

  it('has a name of its own', () => {
    expect(variants.length).toBeGreaterThan(0);
    expect(new Set(variants.map(({ name }) => name)).size).toBe(variants.length);
  });
});
