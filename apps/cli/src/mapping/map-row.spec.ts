import { describe, expect, it } from '@jest/globals';
import { readMapping } from './load-mapping.js';
import { rowMapper } from './map-row.js';
import { columnsOf } from './mapping.js';

const HEADER = ['id', 'name', 'kind', 'worth', 'currency', 'closed', 'account', 'labels', 'size'];

const MAPPING = `
name: test
timeZone: Europe/Paris
pipelines:
  own:
    name: Own
    appliesTo: opportunities
    stages: [{ key: open, name: Open, probability: 10, kind: open }]
files:
  - file: deals.csv
    type: opportunities
    empty: ['-', n/a]
    externalId: id
    fields:
      name: { template: '{name|id} deal' }
      pipelineId: { pipeline: own }
      stage: { column: kind, values: { W: won, O: open } }
      amount: { column: worth, currency: { column: currency } }
      closedAt: { column: closed, when: { kind: [W] } }
      expectedCloseDate: closed
      accountId: account
      source: { value: the old system }
      lostReason: { column: kind, values: { W: won it }, others: keep }
      tags: { column: labels, separator: '|' }
      custom.size: { column: size, as: number }
`;

describe('a row', () => {
  const mapping = readMapping('deals.yaml', MAPPING);
  const file = mapping.files[0]!;
  const map = rowMapper(file, mapping.timeZone, HEADER);

  it('becomes the fields of a record, and references by external id', () => {
    expect(map(['7', 'Big', 'W', '10.50', 'EUR', '2024-07-01', 'Acme', 'a|b', '1.5'])).toEqual({
      externalId: '7',
      fields: {
        name: 'Big deal',
        stage: 'won',
        amount: { value: '10.5', currency: 'EUR' },
        closedAt: '2024-06-30T22:00:00.000Z',
        expectedCloseDate: '2024-07-01',
        source: 'the old system',
        lostReason: 'won it',
        tags: ['a', 'b'],
        custom: { size: 1.5 },
      },
      references: [
        { field: 'pipelineId', type: 'pipelines', externalId: 'test/own' },
        { field: 'accountId', type: 'accounts', externalId: 'Acme' },
      ],
    });
  });

  it('leaves out what is empty, blank, declared empty, or not meant for it', () => {
    expect(map([' 8 ', '', 'O', '', 'EUR', '2024-07-01', '-', ' ', 'n/a'])).toEqual({
      externalId: '8',
      fields: {
        name: '8 deal',
        stage: 'open',
        expectedCloseDate: '2024-07-01',
        source: 'the old system',
        lostReason: 'O',
      },
      references: [{ field: 'pipelineId', type: 'pipelines', externalId: 'test/own' }],
    });
  });

  it.each([
    [['', 'x', 'O', '', '', '', '', '', ''], 'it has no external id'],
    [['1', 'x', 'Z', '', '', '', '', '', ''], 'stage: "Z" is not among the values of the mapping'],
    [['1', 'x', 'O', '5', '', '', '', '', ''], 'amount: the amount has no currency'],
    [['1', 'x', 'O', 'five', 'EUR', '', '', '', ''], 'amount: "five" is not a decimal number'],
    [['1', 'x', 'O', '', '', '1.7.2024', '', '', ''], 'expectedCloseDate: "1.7.2024" is not a date (YYYY-MM-DD)'],
    [['1', 'x', 'O', '', '', '', '', '', 'big'], 'custom.size: "big" is not a decimal number'],
  ])('is refused: %j', (cells, reason) => {
    expect(() => map(cells)).toThrow(reason);
  });

  it('needs every column that a rule names in any way', () => {
    expect([...columnsOf(file)].sort()).toEqual([...HEADER].sort());
  });
});
