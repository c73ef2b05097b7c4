import { describe, expect, it } from '@jest/globals';
import type { JsonValue } from '@sillage/kernel';
import { Problem } from '@sillage/kernel';
import { validateSync } from 'class-validator';
import { InteractionInput, OpportunityInput, PipelineInput } from '../records/index.js';
import { type FieldsClass, fieldsOf, type ParseMode } from './field-spec.js';
import { parseFields } from './parse.js';

function faults(of: FieldsClass, body: JsonValue, mode: ParseMode = 'whole'): unknown {
  try {
    parseFields(of, body, mode);
    return [];
  } catch (error) {
    if (error instanceof Problem) return error.faults.map(({ path, code }) => `${path} ${code}`);
    throw error;
  }
}

describe('a whole body', () => {
  it('is kept as it will be stored: instants in UTC, nulls left out', () => {
    const body = { kind: 'call', date: '2026-02-01T10:00:00+01:00', subject: 'x', clientId: null, custom: { a: null } };
    expect(parseFields(InteractionInput, body, 'whole')).toEqual({
      kind: 'call',
      date: '2026-02-01T09:00:00.000Z',
      subject: 'x',
      custom: { a: null },
    });
  });

  it('lacks nothing that is required, at any depth', () => {
    expect(faults(OpportunityInput, {})).toEqual(['name required']);
    expect(faults(OpportunityInput, { name: 'x', amount: {} })).toEqual([
      'amount.value required',
      'amount.currency required',
    ]);
    const stages = [{ key: 'a', name: 'A', probability: 1, kind: 'open' }, { key: 'b' }];
    expect(faults(PipelineInput, { name: 'x', appliesTo: 'prospects', stages })).toEqual([
      'stages[1].name required',
      'stages[1].probability required',
      'stages[1].kind required',
    ]);
  });

  it('has no member that nobody declared', () => {
    expect(faults(OpportunityInput, { name: 'x', stageKind: 'won', constructor: 1, toString: 'x' })).toEqual([
      'stageKind read-only',
      'constructor unknown-field',
      'toString unknown-field',
    ]);
  });

  it('has lists where lists are due, and objects where objects are', () => {
    expect(faults(OpportunityInput, { name: 'x', amount: [] })).toEqual(['amount wrong-type']);
    expect(faults(OpportunityInput, { name: 'x', tags: { a: 1 } })).toEqual(['tags wrong-type']);
    expect(faults(OpportunityInput, { name: 'x', tags: ['a', 5] })).toEqual(['tags wrong-type']);
    expect(faults(PipelineInput, { name: 'x', appliesTo: 'prospects', stages: {} })).toEqual(['stages wrong-type']);
    expect(faults(PipelineInput, { name: 'x', appliesTo: 'prospects', stages: ['a'] })).toEqual([
      'stages[0] wrong-type',
    ]);
    expect(faults(OpportunityInput, null)).toEqual([' wrong-type']);
  });
});

describe('the compiled rules', () => {
  /** Values at the edges of every rule, for every field. */
  const values = ['', ' ', 'x', 'x'.repeat(201), 'x'.repeat(60_000), 'x@y.fr', '2026-02-01T10:00:00Z', '2026-02-30'];
  const others = [0, -1, 50, 50.5, 101, 1e-7, true, [], ['x'], [5], ['x'.repeat(101)], {}, { a: 1 }, { a: {} }];

  it.each([OpportunityInput, InteractionInput, PipelineInput])('are those of class-validator itself: %p', (of) => {
    for (const { name, of: inner } of fieldsOf(of)) {
      if (inner !== undefined) continue;
      for (const value of [...values, ...others]) {
        const errors = validateSync(Object.assign(new of(), { [name]: value }), { skipMissingProperties: true });
        const own = faults(of, { [name]: value } as JsonValue, 'patch') as string[];
        const isRefused = own.some((fault) => !fault.endsWith('read-only'));
        expect([name, value, isRefused]).toEqual([name, value, errors.length > 0]);
      }
    }
  });
});

describe('a number', () => {
  it.each([0, 100, 12.5, 99.99, 0.01])('%p is a percentage', (probability) => {
    expect(faults(OpportunityInput, { name: 'x', probability })).toEqual([]);
  });

  it.each([
    [5e-324, 'too-many-decimals'],
    [1e-7, 'too-many-decimals'],
    [12.345, 'too-many-decimals'],
    [1e300, 'too-large'],
    [-0.5, 'too-small'],
    [Number.POSITIVE_INFINITY, 'wrong-type'],
    ['50', 'wrong-type'],
  ])('%p is none: %s', (probability, code) => {
    expect(faults(OpportunityInput, { name: 'x', probability })).toEqual([`probability ${code}`]);
  });
});

describe('a merge patch', () => {
  it('may leave out everything, and remove what is not required', () => {
    const patch = { owner: null, amount: { value: '5' }, closedAt: '2026-02-01T00:00:00+02:00' };
    expect(parseFields(OpportunityInput, patch, 'patch')).toEqual({ ...patch, closedAt: '2026-01-31T22:00:00.000Z' });
    expect(faults(OpportunityInput, { name: null }, 'patch')).toEqual(['name required']);
  });

  it('is judged as strictly as a whole body where it gives something', () => {
    expect(faults(OpportunityInput, { amount: { value: '-5', vat: 1 }, nom: 1 }, 'patch')).toEqual([
      'amount.vat unknown-field',
      'nom unknown-field',
      'amount.value not-a-decimal',
    ]);
    expect(faults(OpportunityInput, { createdAt: '2020-01-01T00:00:00Z' }, 'patch')).toEqual(['createdAt read-only']);
  });
});
