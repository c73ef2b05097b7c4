import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InFlight } from './in-flight.js';

describe('jobs in flight', () => {
  it('are never more than so many, never two of a stream, and none is forgotten', async () => {
    const jobs = fc.array(fc.record({ stream: fc.constantFrom('a', 'b', 'c', 'd', 'e'), turns: fc.nat({ max: 4 }) }));
    await fc.assert(
      fc.asyncProperty(jobs, async (given) => {
        const inFlight = new InFlight(3);
        const [running, done]: [string[], number[]] = [[], []];

        const runs = given.map(({ stream, turns }, index) =>
          inFlight.run(stream, async () => {
            expect(running).not.toContain(stream);
            running.push(stream);
            expect(running.length).toBeLessThanOrEqual(3);
            for (let turn = 0; turn < turns; turn += 1) await nextTurn();
            running.splice(running.indexOf(stream), 1);
            done.push(index);
          }),
        );
        await inFlight.idle();

        expect(done).toHaveLength(given.length);
        for (const stream of ['a', 'b', 'c', 'd', 'e']) {
          const ofStream = done.filter((index) => given[index]?.stream === stream);
          expect(ofStream).toEqual(ofStream.toSorted((one, other) => one - other));
        }
        await Promise.all(runs);
      }),
    );
  });

  it('go on behind one that fails', async () => {
    const inFlight = new InFlight(1);
    const failing = inFlight.run('a', () => Promise.reject(new Error('no')));
    const next = inFlight.run('a', async () => 'yes');

    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('yes');
  });
});
