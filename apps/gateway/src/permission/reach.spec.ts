import { beforeEach, describe, expect, it } from '@jest/globals';
import { Problem } from '@sillage/kernel';
import { Reach } from './reach.js';

const identity = { tenant: 'acme', actor: 'sub-ann', roles: ['representative'] } as const;
const own = { role: 'representative', scope: 'own' } as const;

let clock: number;
let name: string;
let refusal: Problem | undefined;
let lookUps: number;
let reach: Reach;

beforeEach(() => {
  [clock, name, refusal, lookUps] = [0, 'Ann', undefined, 0];
  const peopleOf = () => async () => {
    lookUps += 1;
    if (refusal !== undefined) throw refusal;
    return [{ id: 'ann', name, subject: 'sub-ann' }];
  };
  reach = new Reach({ peopleOf, now: () => clock });
});

const owners = async () => (await reach.access(identity, own)).owners;

describe('the reach of somebody', () => {
  it('is not looked up where everybody’s records are granted', async () => {
    const access = await reach.access(identity, { role: 'analyst', scope: 'all' });
    expect(access).toEqual({ role: 'analyst', owners: undefined });
    expect(lookUps).toBe(0);
  });

  it('is remembered for less than a second', async () => {
    expect(await owners()).toEqual(['Ann']);
    name = 'Anna';
    clock = 999;
    expect(await owners()).toEqual(['Ann']);
    clock = 1_000;
    expect(await owners()).toEqual(['Anna']);
    expect(lookUps).toBe(2);
  });

  it('is looked up once for requests that come together, and for each tenant and scope by itself', async () => {
    await Promise.all([owners(), owners(), owners()]);
    expect(lookUps).toBe(1);
    await reach.access({ ...identity, tenant: 'globex' }, own);
    expect(lookUps).toBe(2);
  });

  it('is what was known while people cannot be looked up, for five minutes', async () => {
    await owners();
    refusal = new Problem('service-unavailable');
    clock = 299_999;
    expect(await owners()).toEqual(['Ann']);
    clock = 300_000;
    await expect(owners()).rejects.toMatchObject({ code: 'service-unavailable' });
  });

  it('is nobody’s at once when it is refused', async () => {
    await owners();
    refusal = new Problem('not-allowed');
    clock = 1_000;
    await expect(owners()).rejects.toMatchObject({ code: 'not-allowed' });
  });
});
