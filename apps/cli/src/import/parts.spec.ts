import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { LogProgress } from '../progress/log-progress.js';
import { ProgressLines } from '../progress/progress-lines.js';
import { inBodies, isTooLarge } from './bodies.js';
import { eachInFlight } from './in-flight.js';
import { patchTowards } from './patch-towards.js';
import { SeenIds } from './seen-ids.js';
import { summaryOf, Tally } from './tally.js';

describe('the patch from a record to a row', () => {
  it('has what differs, and nothing else', () => {
    const record = {
      id: '1',
      revision: 3,
      name: 'a',
      amount: { value: '10.00', currency: 'EUR' },
      owner: 'x',
      closedAt: 't',
    };
    expect(patchTowards(record, { name: 'b', amount: { value: '10', currency: 'EUR' }, owner: 'x' })).toEqual({
      name: 'b',
    });
    expect(patchTowards(record, { amount: { value: '10', currency: 'USD' } })).toEqual({
      amount: { value: '10', currency: 'USD' },
    });
    expect(patchTowards({}, { tags: ['a'], stages: [{ key: 'k' }] })).toEqual({ tags: ['a'], stages: [{ key: 'k' }] });
    expect(patchTowards({ tags: ['a'] }, { tags: ['a'] })).toEqual({});
  });

  it('leaves members of an object alone that the row does not give', () => {
    const record = { address: { city: 'Lyon', country: 'France' }, custom: { mine: 1, size: 2 } };
    const fields = { address: { city: 'Lyon' }, custom: { size: 3, kind: 'x' } };
    expect(patchTowards(record, fields)).toEqual({ custom: { size: 3, kind: 'x' } });
    expect(patchTowards({}, { address: { city: 'Lyon' } })).toEqual({ address: { city: 'Lyon' } });
  });

  it('never has createdAt, which is said once', () => {
    expect(patchTowards({ createdAt: 'then' }, { createdAt: 'now' })).toEqual({});
  });
});

describe('work in flight', () => {
  async function* numbers(count: number): AsyncGenerator<number> {
    for (let number = 0; number < count; number += 1) yield number;
  }

  it('never exceeds its limit, and takes nothing before there is room', async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await eachInFlight(numbers(20), { limit: 3, stop: new AbortController().signal }, async (number) => {
      running += 1;
      most = Math.max(most, running);
      await sleep(number % 3);
      running -= 1;
      done.push(number);
    });
    expect([most, done.length]).toEqual([3, 20]);
  });

  it('ends in good order after a failure or a stop', async () => {
    const stop = new AbortController();
    let finished = 0;
    const work = async (number: number): Promise<void> => {
      await sleep(2);
      if (number === 1) throw new Error('one');
      finished += 1;
    };
    await expect(eachInFlight(numbers(50), { limit: 2, stop: stop.signal }, work)).rejects.toThrow('one');
    expect(finished).toBeLessThan(4);
    stop.abort();
    await expect(eachInFlight(numbers(50), { limit: 2, stop: stop.signal }, work)).rejects.toMatchObject({
      exitCode: 130,
    });
  });
});

describe('bodies of batches', () => {
  const item = (length: number) => ({ fields: { notes: 'é'.repeat(length) }, idempotencyKey: 'k' });

  it('have at most 200 items and stay below 1 MiB', () => {
    expect(inBodies(Array.from({ length: 450 }, () => item(10))).map((body) => body.length)).toEqual([200, 200, 50]);
    expect(inBodies(Array.from({ length: 30 }, () => item(50_000))).map((body) => body.length)).toEqual([10, 10, 10]);
    expect(inBodies([])).toEqual([]);
  });

  it('cannot carry an item of more than that', () => {
    expect([isTooLarge(item(50_000)), isTooLarge(item(600_000))]).toEqual([false, true]);
  });
});

it('ids that were seen are known again, however many', () => {
  const seen = new SeenIds();
  const ids = Array.from({ length: 5_000 }, (_, index) => `id ${index}`);
  expect(ids.every((id) => seen.add(id))).toBe(true);
  expect(ids.some((id) => seen.add(id))).toBe(false);
});

it('the summary has a line for each file and one for all', () => {
  const [accounts, deals] = [new Tally('accounts.csv', 'accounts'), new Tally('deals.csv', 'opportunities')];
  accounts.rows.created = 85;
  accounts.linked = 15;
  deals.rows.unchanged = 8_800;
  deals.rows.deleted = 1;
  expect(summaryOf([accounts, deals], 2_000).split('\n')).toEqual([
    'accounts.csv -> accounts: 85 rows, 85 created, 0 updated, 0 unchanged, 0 refused, 15 linked',
    'deals.csv -> opportunities: 8,801 rows, 0 created, 0 updated, 8,800 unchanged, 0 refused, 1 left deleted',
    '8,886 rows in 2.0 s (4,443 records/s)',
  ]);
});

it('progress in a log is a line every few seconds', () => {
  const lines: string[] = [];
  let now = 0;
  const progress = new ProgressLines(
    (line) => void lines.push(line),
    () => now,
    5_000,
  );
  progress.begin('a.csv', 1_000, 'rows');
  for (let step = 0; step < 5; step += 1) {
    now += 2_000;
    progress.advance(200);
  }
  expect(lines).toEqual(['a.csv: 60 %, 600 rows']);
});

it('progress along a log is told by its positions, which may count something else than events', () => {
  const lines: string[] = [];
  const progress = new ProgressLines(
    (line) => void lines.push(line),
    () => 0,
    0,
  );
  const walk = new LogProgress(progress, 'rebuild', 80_000);
  walk.reach(20_000, 50);
  walk.reach(20_000, 0);
  walk.reach(90_000, 30);
  expect(lines).toEqual(['rebuild: 25 %, 50 events', 'rebuild: 25 %, 50 events', 'rebuild: 100 %, 80 events']);
});
