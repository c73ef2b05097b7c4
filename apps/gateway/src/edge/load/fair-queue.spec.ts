import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FairQueue, type Place } from './fair-queue.js';

/** A queue of eight at work, four shared, and of ten that wait; what went is told in order. */
function queue(limits = { atWork: 8, shared: 4, waiting: 10 }) {
  const clock = { now: 0 };
  const of = new FairQueue(limits, () => clock.now);
  const went: string[] = [];
  const places = new Map<string, Place>();
  const enter = (tenant: string, name: string): 'at work' | 'waits' | 'refused' => {
    const place = of.enter(tenant, () => went.push(name));
    if (place === undefined) return 'refused';
    places.set(name, place);
    return place.isAtWork ? 'at work' : 'waits';
  };
  const enterMany = (tenant: string, times: number) =>
    Array.from({ length: times }, (_, index) => enter(tenant, `${tenant}${index}`));
  const leave = (...names: readonly string[]) => {
    for (const name of names) places.get(name)?.leave();
  };
  return { clock, enter, enterMany, leave, went };
}

describe('a tenant that is alone', () => {
  it('may use everything; what comes beyond waits in its order, and some is refused', () => {
    const { enterMany, leave, went } = queue();
    expect(enterMany('a', 20)).toEqual([
      ...new Array(8).fill('at work'),
      ...new Array(10).fill('waits'),
      ...new Array(2).fill('refused'),
    ]);
    leave('a3', 'a0');
    expect(went).toEqual(['a8', 'a9']);
  });
});

describe('tenants that are there together', () => {
  it('have a share each: who floods waits behind itself', () => {
    const { enter, enterMany, leave, went } = queue();
    enter('b', 'b0');
    expect(enterMany('a', 4)).toEqual(['at work', 'at work', 'waits', 'waits']);
    expect(enter('b', 'b1')).toBe('at work');
    leave('a0');
    expect(went).toEqual(['a2']);
  });

  it('take turns, whoever waits with more', () => {
    const { enter, enterMany, leave, went } = queue({ atWork: 2, shared: 2, waiting: 10 });
    enterMany('a', 5);
    enter('b', 'b0');
    enter('c', 'c0');
    enter('b', 'b1');
    leave('a0', 'a1');
    expect(went).toEqual(['b0', 'a2']);
    leave('b0', 'a2');
    expect(went).toEqual(['b0', 'a2', 'c0', 'b1']);
  });

  it('count as there for a moment after their last request, and then leave everything to the others', () => {
    const { clock, enter, enterMany, leave } = queue();
    enter('b', 'b0');
    leave('b0');
    expect(enterMany('a', 3)).toEqual(['at work', 'at work', 'waits']);
    leave('a2');
    clock.now += 999;
    expect(enter('a', 'late')).toBe('waits');
    leave('late');
    clock.now += 1_001;
    expect(enter('a', 'later')).toBe('at work');
  });

  it('have one at work each at least', () => {
    const { enter } = queue();
    const tenants = ['a', 'b', 'c', 'd', 'e', 'f'];
    expect(tenants.map((tenant) => enter(tenant, tenant))).toEqual(tenants.map(() => 'at work'));
  });
});

describe('a place', () => {
  it('may be left while waiting: others go on, and it is not told to go', () => {
    const { enterMany, leave, went } = queue({ atWork: 1, shared: 1, waiting: 10 });
    enterMany('a', 3);
    leave('a1', 'a1', 'a0', 'a0');
    expect(went).toEqual(['a2']);
  });

  it('is taken by no more than there is room for, and by everybody in the end, whatever comes and goes', () => {
    const step = fc.record({ tenant: fc.constantFrom('a', 'b', 'c'), leaves: fc.boolean(), pause: fc.nat(1_500) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
        const clock = { now: 0 };
        const of = new FairQueue({ atWork: 4, shared: 3, waiting: 5 }, () => clock.now);
        const atWork = new Set<Place>();
        const open: Place[] = [];
        let waiting = 0;
        const enter = (tenant: string) => {
          const place = of.enter(tenant, () => {
            waiting -= 1;
            atWork.add(entered[0] as Place);
          });
          const entered = [place];
          if (place === undefined) return;
          open.push(place);
          if (place.isAtWork) atWork.add(place);
          else waiting += 1;
        };
        const leave = () => {
          const place = open.find((one) => atWork.has(one));
          if (place === undefined) return;
          open.splice(open.indexOf(place), 1);
          atWork.delete(place);
          place.leave();
        };
        for (const { tenant, leaves, pause } of steps) {
          clock.now += pause;
          if (leaves) leave();
          else enter(tenant);
          expect(atWork.size).toBeLessThanOrEqual(4);
        }
        while (atWork.size > 0) leave();
        expect(waiting).toBe(0);
      }),
    );
  });
});
