import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { archived } from '../archive/archived-event.js';
import { eventOf, storedEvent } from '../archive/testing/samples.js';
import { appendsOf, runsOf } from './appends.js';

/** `a0` is the first event of command a's; streams are told by the first letter of a command. */
function events(...names: readonly string[]) {
  const revisions = new Map<string, number>();
  return names.map((name) => {
    const stream = `note-acme.${name.charAt(0)}`;
    const revision = revisions.get(stream) ?? 0;
    revisions.set(stream, revision + 1);
    return archived(storedEvent(eventOf(name.slice(0, -1), Number(name.at(-1))), stream, revision, revision));
  });
}

async function appends(...groups: readonly (readonly string[])[]): Promise<readonly (readonly string[])[]> {
  const all = events(...groups.flat());
  const names = new Map(all.map((event, index) => [event.id, groups.flat()[index] ?? '']));
  async function* grouped() {
    let from = 0;
    for (const { length } of groups) {
      yield all.slice(from, from + length);
      from += length;
    }
  }
  const gathered: (readonly string[])[] = [];
  for await (const some of appendsOf(grouped()))
    gathered.push(...some.map((one) => one.map(({ id }) => names.get(id) ?? '')));
  return gathered;
}

describe('events are gathered into appends', () => {
  it('that are those of one command in one stream, also where they lie in several groups', async () => {
    expect(await appends(['a0', 'a1', 'b0'], ['b1'], ['c0'])).toEqual([['a0', 'a1'], ['b0', 'b1'], ['c0']]);
  });

  it('that are not those of two commands, nor what others lie between', async () => {
    expect(await appends(['ax0', 'ay0', 'ay1'], ['b0', 'a0', 'b1'])).toEqual([
      ['ax0'],
      ['ay0', 'ay1'],
      ['b0'],
      ['a0'],
      ['b1'],
    ]);
  });
});

describe('runs of appends', () => {
  it('are all of them in order, no stream twice in one, and no shorter than that needs', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a0', 'b0', 'c0', 'd0')), (names) => {
        const given = events(...names).map((event) => [event] as const);
        const runs = runsOf(given);

        expect(runs.flat()).toEqual(given);
        const streams = runs.map((run) => run.map(([{ stream }]) => stream));
        for (const [index, ofRun] of streams.entries()) {
          expect(new Set(ofRun).size).toBe(ofRun.length);
          const next = streams[index + 1];
          if (next !== undefined) expect(ofRun).toContain(next[0]);
        }
      }),
    );
  });
});
