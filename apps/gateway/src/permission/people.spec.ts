import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@sillage/kernel';
import { type FindPeople, namesWithin } from './people.js';

const TEAMS: readonly JsonObject[] = [
  { id: 'north', managerId: 'mia' },
  { id: 'south', managerId: 'max' },
];

const USERS: readonly JsonObject[] = [
  { id: 'dir', name: 'Director' },
  { id: 'mia', name: 'Mia', subject: 'sub-mia', managerId: 'dir', teamId: 'leads' },
  { id: 'max', name: 'Max', managerId: 'dir', teamId: 'leads' },
  { id: 'ann', name: 'Ann', teamId: 'north' },
  { id: 'bob', name: 'Bob', managerId: 'mia' },
  { id: 'zoe', name: 'Zoe', teamId: 'south' },
  { id: 'eve', name: 'Eve' },
];

const find: FindPeople = async (type, field, values) =>
  (type === 'users' ? USERS : TEAMS).filter(({ [field]: value }) => values.includes(String(value)));

describe('the names within a scope', () => {
  it('are one’s own for a representative', async () => {
    expect(await namesWithin('own', 'sub-mia', find)).toEqual(['Mia']);
    expect(await namesWithin('own', 'Ann', find)).toEqual(['Ann']);
    expect(await namesWithin('own', 'no-user', find)).toEqual(['no-user']);
  });

  it('are for a manager those of one’s own team, of teams that one leads, and of whom one manages', async () => {
    const names = await namesWithin('team', 'sub-mia', find);
    expect(names[0]).toBe('Mia');
    expect([...names].sort()).toEqual(['Ann', 'Bob', 'Max', 'Mia']);
  });

  it('reach down through other managers, but not through peers', async () => {
    expect([...(await namesWithin('team', 'Director', find))].sort()).toEqual([
      'Ann',
      'Bob',
      'Director',
      'Max',
      'Mia',
      'Zoe',
    ]);
    expect(await namesWithin('team', 'Eve', find)).toEqual(['Eve']);
    expect(await namesWithin('team', 'no-user', find)).toEqual(['no-user']);
  });

  it('end where managers lead teams that they are in themselves', async () => {
    const circle: readonly JsonObject[] = [
      { id: 'a', name: 'A', teamId: 't' },
      { id: 'b', name: 'B', teamId: 't', managerId: 'a' },
    ];
    const inCircle: FindPeople = async (type, field, values) =>
      (type === 'users' ? circle : [{ id: 't', managerId: 'b' }]).filter(({ [field]: value }) =>
        values.includes(String(value)),
      );
    expect([...(await namesWithin('team', 'A', inCircle))].sort()).toEqual(['A', 'B']);
  });

  it('are nobody’s for a subject that is the name of somebody with another subject', async () => {
    await expect(namesWithin('own', 'Mia', find)).rejects.toMatchObject({ code: 'not-allowed' });
  });
});
