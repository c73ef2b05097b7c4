import { describe, expect, it } from '@jest/globals';
import { tokenTable } from './token-table.js';

describe('a table of tokens', () => {
  it('has the columns that a token has a value in, as wide as they need to be', () => {
    const tokens = [
      { id: '1', name: 'erp', roles: ['integration', 'analyst'], createdAt: 'today', createdBy: 'ann' },
      { id: '2', name: 'camille.durand', roles: ['manager'], createdAt: 'today', createdBy: 'ann', expiresAt: 'soon' },
    ];
    expect(tokenTable(tokens).split('\n')).toEqual([
      'id  name            roles                createdAt  createdBy  expiresAt',
      '1   erp             integration,analyst  today      ann',
      '2   camille.durand  manager              today      ann        soon',
      '',
    ]);
  });

  it('leaves out what would move the cursor of a terminal', () => {
    expect(tokenTable([{ id: '1', name: 'a\u001b[2J\nb\u009b' }])).toBe('id  name\n1   a [2J b\n');
  });

  it('of none is an empty line', () => {
    expect(tokenTable([])).toBe('\n');
  });
});
