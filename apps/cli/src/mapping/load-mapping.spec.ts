import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { DEMO_MAPPING } from '../demo/demo-mapping.js';
import { loadMapping, readMapping } from './load-mapping.js';

const EXAMPLES = join(import.meta.dirname, '../../../../examples');

const GOOD = `name: test
files:
  - file: a.csv
    type: accounts
    externalId: id
    fields:
      name: label
`;

describe('a mapping', () => {
  it.each(['crm-sales-opportunities.yaml', 'x-education-leads.yaml'])('%s of the examples is right', async (file) => {
    await expect(loadMapping(join(EXAMPLES, file))).resolves.toBeDefined();
  });

  it('of the demonstration is right', () => {
    expect(readMapping('mapping.yaml', DEMO_MAPPING).files.length).toBe(5);
  });

  it('is in UTC and divided by commas unless it says otherwise', () => {
    const mapping = readMapping('m.yaml', GOOD);
    expect([mapping.timeZone, mapping.files[0]?.delimiter, mapping.pipelines]).toEqual(['UTC', ',', []]);
  });

  it('may say things once and mean them twice', () => {
    const text = `${GOOD.replace('fields:', 'fields: &same')}  - { file: b.csv, type: accounts, externalId: id, fields: *same }\n`;
    const [first, second] = readMapping('m.yaml', text).files;
    expect(second?.fields).toEqual(first?.fields);
  });

  it.each([
    ['name: [', 'm.yaml:1: Flow sequence in block collection must be sufficiently indented and end with a ]'],
    ['- a', 'm.yaml:1: a map of "key: value" is wanted here'],
    ['name: x\nname: y', 'm.yaml:2: Map keys must be unique'],
    [GOOD.replace('name: test\n', ''), 'm.yaml:1: "name" is missing'],
    [GOOD.replace('name: test', 'name:'), 'm.yaml:1: name: a text is wanted here'],
    [`${GOOD}colour: red\n`, 'm.yaml:8: colour: there is no "colour" here, only name, timeZone, pipelines, files'],
    [`timeZone: Mars/North\n${GOOD}`, 'm.yaml:1: timeZone: "Mars/North" is no time zone'],
    [
      GOOD.replace('type: accounts', 'type: pipelines'),
      'm.yaml:4: files[0].type: "pipelines" is no type of record that can be imported',
    ],
    [GOOD.replace('externalId: id', 'externalId: "{id"'), 'm.yaml:5: files[0].externalId: a brace has no partner'],
    [
      GOOD.replace('name: label', 'nom: label'),
      'm.yaml:7: files[0].fields.nom: accounts have no field "nom", only name, industry',
    ],
    [GOOD.replace('name: label', 'industry: label'), 'm.yaml:7: files[0].fields: accounts need name'],
    [`${GOOD}      employees: { colunm: n }`, 'm.yaml:8: files[0].fields.employees.colunm: there is no "colunm" here'],
    [
      `${GOOD}      employees: { column: n, value: '1' }`,
      'm.yaml:8: files[0].fields.employees: give one of column, template, value',
    ],
    [`${GOOD}      annualRevenue: money`, 'm.yaml:8: files[0].fields.annualRevenue: money needs a currency'],
    [
      `${GOOD}      employees: { column: n, scale: many }`,
      'm.yaml:8: files[0].fields.employees.scale: "many" is no positive decimal number',
    ],
    [
      `${GOOD}      industry: { column: n, scale: 2 }`,
      'm.yaml:8: files[0].fields.industry.scale: it means nothing for industry',
    ],
    [
      `${GOOD}      industry: { column: n, others: keep }`,
      'm.yaml:8: files[0].fields.industry.others: "others" is about values',
    ],
    [
      `${GOOD}      industry: { column: n, values: { a: b }, others: drop }`,
      'm.yaml:8: files[0].fields.industry.others: "drop" is none of refuse, keep',
    ],
    [
      `${GOOD}      industry: { pipeline: sales }`,
      'm.yaml:8: files[0].fields.industry.pipeline: only pipelineId can be a pipeline',
    ],
    [`${GOOD}      externalId: id`, 'm.yaml:8: files[0].fields.externalId: accounts have no field "externalId"'],
  ])('is refused where it is wrong: %#', (text, message) => {
    expect(() => readMapping('m.yaml', text)).toThrow(message);
  });
});
