import { describe, expect, it } from '@jest/globals';
import { StoredProgress } from './stored-progress.js';

describe('the progress of views that other processes write', () => {
  it('is known at once when the views are there', async () => {
    const { progress, looks } = given([7]);
    expect(await progress.waitFor('acme', 7, 0)).toBe(true);
    expect(looks()).toBe(1);
  });

  it('is looked at until the views are there', async () => {
    const { progress, looks } = given([5, 5, 6, 7]);
    expect(await progress.waitFor('acme', 7, 5_000)).toBe(true);
    expect(looks()).toBe(4);
  });

  it('is looked at no longer than somebody waits', async () => {
    const { progress } = given([5]);
    expect(await progress.waitFor('acme', 7, 30)).toBe(false);
  });

  it('is looked at once for all who wait', async () => {
    const { progress, looks } = given([5, 5, 5, 7]);
    const waits = [6, 7, 7].map((position) => progress.waitFor('acme', position, 5_000));
    expect(await Promise.all(waits)).toEqual([true, true, true]);
    // Each of the three has looked for itself at first.
    expect(looks()).toBe(4);
  });

  it('is that of the tenant asked for', async () => {
    const reader = { positionOf: async (tenant: string) => (tenant === 'acme' ? 7 : 3) };
    const progress = new StoredProgress(reader);
    expect(await Promise.all(['acme', 'other'].map((tenant) => progress.waitFor(tenant, 7, 1)))).toEqual([true, false]);
  });
});

/** A store that is at each of these positions when it is looked at, and stays at the last. */
function given(positions: readonly number[]) {
  let looks = 0;
  const positionOf = async () => positions[Math.min(looks++, positions.length - 1)] ?? 0;
  return { progress: new StoredProgress({ positionOf }), looks: () => looks };
}
