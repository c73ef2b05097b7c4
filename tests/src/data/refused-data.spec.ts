import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { Api } from '../api.js';
import { Server, temporaryDirectory } from '../server.js';
import { type Said, sillage } from '../sillage.js';
import { cell, type Row } from './data-sets.js';
import { lastPosition } from './reports.js';

const MAPPING = `
name: bad-data
files:
  - file: deals.csv
    type: opportunities
    externalId: id
    fields:
      name: name
      stage: stage
      amount: { column: worth, currency: EUR }
      closedAt: closed
`;

describe('an import of bad data', () => {
  const folder = temporaryDirectory();
  let server: Server;
  let before: string;

  beforeAll(async () => {
    server = await Server.start();
    writeFileSync(path.join(folder, 'mapping.yaml'), MAPPING);
  });
  beforeEach(async () => {
    before = await lastPosition(Api.of(server));
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  async function importing(deals: string | Buffer): Promise<Said> {
    writeFileSync(path.join(folder, 'deals.csv'), deals);
    return sillage(server.dataDirectory, folder, 'import', '.', '--mapping', 'mapping.yaml', '--refused', 'refused.csv')
      .ended;
  }

  /** Line and external id of each refused row, by line. */
  function refused(): readonly (readonly [line: string, externalId: string])[] {
    const rows: Row[] = parse(readFileSync(path.join(folder, 'refused.csv')), { columns: true });
    return rows
      .map((row) => [cell(row, 'line'), cell(row, 'externalId')] as const)
      .toSorted(([a], [b]) => Number(a) - Number(b));
  }

  it.each([
    [
      'a wrong header',
      'id;name;stage;worth;closed\n1;a;;;\n',
      'has no columns "id", "name", "stage", "worth", "closed"; its header is: id;name',
    ],
    [
      'a column that is missing',
      'id,name,stage,closed\n1,a,,\n',
      'has no column "worth"; its header is: id,name,stage,closed',
    ],
    ['the wrong encoding', Buffer.from('id,name,stage,worth,closed\n1,Zoé,,,\n', 'latin1'), 'is not UTF-8 (line 2)'],
    ['nothing in it', '', 'has no header: the file is empty'],
  ])('with %s: refused whole, in one line, before anything is sent', async (_, deals, words) => {
    const { code, stdout, stderr } = await importing(deals);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^sillage: .*\n$/);
    expect(stderr).toContain(words);
    expect(await lastPosition(Api.of(server))).toBe(before);
  });

  it('in some rows: these are listed, the others imported', async () => {
    const long = 'x'.repeat(300_000);
    const deals = [
      'id,name,stage,worth,closed',
      'good-1,Good,won,10.50,2024-01-31',
      'broken,"Bro"ken,,,',
      'open,"never closed,,,',
      `long,${long},,,`,
      'few,Few',
      'many,Many,,,,,',
      'number,Number,,1.000.000,',
      'decimals,Decimals,,1.005,',
      'date,Date,won,1,31/01/2024',
      'stage,Stage,nowhere,1,',
      'good-1,Twice,,,',
      'good-2,"Good, too",,,',
    ].join('\n');
    const { code, stdout, stderr } = await importing(deals);
    expect([code, stderr]).toEqual([1, 'sillage: 10 rows were refused: see refused.csv\n']);
    expect(stdout).toContain('12 rows, 2 created, 0 updated, 0 unchanged, 10 refused');
    expect(refused()).toEqual([
      ...['3', '4', '5', '6', '7', '8', '9', '10'].map((line) => [line, '']),
      ['11', 'stage'],
      ['12', 'good-1'],
    ]);
    const { body } = await Api.of(server).get('/v1/opportunities?externalId.exists=true&sort=name', {
      'sillage-wait-for': await lastPosition(Api.of(server)),
    });
    expect(body.items).toMatchObject([
      {
        externalId: 'good-1',
        name: 'Good',
        amount: { value: '10.5', currency: 'EUR' },
        closedAt: '2024-01-31T00:00:00.000Z',
      },
      { externalId: 'good-2', name: 'Good, too' },
    ]);
  });

  it('whose rows are corrected: only these are created, and a row that has changed is updated', async () => {
    const { code, stdout } = await importing(
      'id,name,stage,worth,closed\ngood-1,Better,won,11,2024-01-31\nbroken,Mended,,,\ngood-2,"Good, too",,,\n',
    );
    expect(code).toBe(0);
    expect(stdout).toContain('3 rows, 1 created, 1 updated, 1 unchanged, 0 refused');
  });

  it('without a server: one clear line', async () => {
    const nowhere = sillage(path.join(folder, 'none'), folder, 'import', '.', '--mapping', 'mapping.yaml');
    expect(await nowhere.ended).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^sillage: no server is running on .*: start one with "npm start", or give --url\n$/,
      ),
    });
  });
});
