import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ApiClient } from '../api-client/api-client.js';
import { readMapping } from '../mapping/load-mapping.js';
import { SILENT } from '../progress/testing/silent.js';
import { FakeSillage } from '../testing/fake-sillage.js';
import { runImport } from './run-import.js';
import type { Tally } from './tally.js';

const MAPPING = `
name: test
pipelines:
  own:
    name: Own
    appliesTo: opportunities
    stages: [{ key: open, name: Open, probability: 10, kind: open }]
files:
  - file: accounts.csv
    type: accounts
    externalId: id
    fields: { name: name, employees: staff, parentAccountId: parent }
  - file: deals.csv
    type: opportunities
    externalId: id
    fields: { name: name, pipelineId: { pipeline: own }, accountId: account, createdAt: since }
`;

const ACCOUNTS = 'id,name,staff,parent\na,Alpha,1,c\nb,Beta,2,\nc,Gamma,3,b\n';
const DEALS = 'id,name,account,since\n1,One,a,2020-01-01\n2,Two,,\n3,Three,c,\n';

describe('an import', () => {
  let server: FakeSillage;
  let folder: string;
  let refusedFile: string;
  let stop: AbortController;
  let tallies: readonly Tally[];

  beforeEach(async () => {
    server = await FakeSillage.start();
    folder = await mkdtemp(join(tmpdir(), 'sillage-import-'));
    refusedFile = join(folder, 'refused.csv');
    stop = new AbortController();
    await files(ACCOUNTS, DEALS);
  });
  afterEach(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  async function files(accounts: string, deals: string): Promise<void> {
    await writeFile(join(folder, 'accounts.csv'), accounts);
    await writeFile(join(folder, 'deals.csv'), deals);
  }

  /** The counts of accounts and deals, without those that are zero. */
  async function run(): Promise<readonly object[]> {
    const backOff = { first: 1, longest: 5, giveUpAfter: 1_000 };
    const client = new ApiClient({ url: server.url, token: 'secret' }, { backOff, signal: stop.signal });
    tallies = [];
    try {
      const report = (list: readonly Tally[]): void => {
        tallies = list;
      };
      await runImport(
        { folder, mapping: readMapping('m.yaml', MAPPING), refusedFile },
        { client, progress: SILENT, stop: stop.signal, report },
      );
    } finally {
      await client.close();
    }
    return tallies.map(({ rows }) => Object.fromEntries(Object.entries(rows).filter(([, count]) => count > 0)));
  }

  const refusals = () => readFile(refusedFile, 'utf8');
  const idOf = (type: string, externalId: string) => server.find(type, externalId)?.id;

  it('creates the records with their pipeline and references, whatever the order of the rows', async () => {
    expect(await run()).toEqual([{ created: 3 }, { created: 3 }]);
    expect(server.find('accounts', 'a')?.members).toMatchObject({
      name: 'Alpha',
      employees: 1,
      parentAccountId: idOf('accounts', 'c'),
    });
    expect(server.find('accounts', 'c')?.members.parentAccountId).toBe(idOf('accounts', 'b'));
    expect(server.find('opportunities', '1')?.members).toMatchObject({
      pipelineId: idOf('pipelines', 'test/own'),
      accountId: idOf('accounts', 'a'),
      createdAt: '2020-01-01T00:00:00.000Z',
    });
    expect(server.find('opportunities', '2')?.members).not.toHaveProperty('accountId');
    expect(tallies[0]?.linked).toBe(2);
    expect(existsSync(refusedFile)).toBe(false);
  });

  it('adds no event when it is repeated', async () => {
    await run();
    const before = server.events.length;
    expect(await run()).toEqual([{ unchanged: 3 }, { unchanged: 3 }]);
    expect(server.events.length).toBe(before);
  });

  it('changes the records whose rows have changed, and changes them back', async () => {
    await run();
    await files(ACCOUNTS.replace('Beta,2', 'Bêta,5'), DEALS.replace('Three,c', 'Three,b'));
    expect(await run()).toEqual([
      { updated: 1, unchanged: 2 },
      { updated: 1, unchanged: 2 },
    ]);
    expect(server.find('accounts', 'b')?.members).toMatchObject({ name: 'Bêta', employees: 5 });
    expect(server.find('opportunities', '3')?.members.accountId).toBe(idOf('accounts', 'b'));
    await files(ACCOUNTS, DEALS);
    expect(await run()).toEqual([
      { updated: 1, unchanged: 2 },
      { updated: 1, unchanged: 2 },
    ]);
    expect(server.find('accounts', 'b')?.members).toMatchObject({ name: 'Beta', employees: 2 });
  });

  it('leaves alone what an empty cell says nothing about', async () => {
    await run();
    await files(ACCOUNTS.replace('Beta,2', 'Beta,'), DEALS);
    expect(await run()).toEqual([{ unchanged: 3 }, { unchanged: 3 }]);
    expect(server.find('accounts', 'b')?.members.employees).toBe(2);
  });

  it('changes a record that views do not show yet', async () => {
    await run();
    await files(ACCOUNTS.replace('Beta', 'Bêta'), DEALS);
    server.faultFor = ({ method, path, query }) =>
      method === 'GET' && path === '/v1/accounts' && query.getAll('externalId').length === 3
        ? { answer: 200, body: { items: [] } }
        : undefined;
    await run().catch(() => undefined);
    expect(tallies[0]?.rows).toMatchObject({ created: 2, updated: 1 });
    expect(server.find('accounts', 'b')?.members.name).toBe('Bêta');
  });

  it('leaves deleted what somebody has deleted', async () => {
    await run();
    const record = server.find('opportunities', '2');
    record!.deleted = true;
    expect(await run()).toEqual([{ unchanged: 3 }, { unchanged: 2, deleted: 1 }]);
    expect(server.find('opportunities', '2')).toBeUndefined();
  });

  it('tries again when somebody else changes a record meanwhile', async () => {
    await run();
    await files(ACCOUNTS.replace('Beta', 'Bêta'), DEALS);
    let isFirst = true;
    server.faultFor = ({ method }) => {
      if (method !== 'PATCH' || !isFirst) return undefined;
      isFirst = false;
      server.find('accounts', 'b')!.revision += 1;
      return undefined;
    };
    expect(await run()).toEqual([{ updated: 1, unchanged: 2 }, { unchanged: 3 }]);
  });

  it('lists what is refused, here or by the server, and imports the rest', async () => {
    server.refusalOf = (_, { name }) =>
      name === 'Two' ? { status: 422, code: 'not-possible', detail: 'I do not like "Two"' } : undefined;
    await files(
      'id,name,staff,parent\na,Alpha,x,\nb,"Beta,2,\nc,Gamma,3,nobody\nc,Again,4,\n,Nameless,,\n',
      'id,name,account,since\n1,One,zzz,\n2,Two,c,\n3,Three\n=4,Four,,soon\n',
    );
    expect(await run()).toEqual([{ created: 1, refused: 4 }, { refused: 4 }]);
    expect((await refusals()).split('\n').toSorted()).toEqual(
      [
        '',
        'file,line,externalId,reason',
        'accounts.csv,2,,"employees: ""x"" is not a decimal number"',
        'accounts.csv,3,,a quote is never closed',
        'accounts.csv,4,c,"imported, but without a link: parentAccountId: ""nobody"" is not the external id of any of the accounts"',
        'accounts.csv,5,c,an earlier row of the file has the same external id',
        'accounts.csv,6,,it has no external id',
        'deals.csv,2,1,"accountId: ""zzz"" is not the external id of any of the accounts"',
        'deals.csv,3,2,"422 not-possible: I do not like ""Two"""',
        'deals.csv,4,,"it has 2 columns, the header has 4"',
        'deals.csv,5,,"createdAt: ""soon"" is not a date or a time (RFC 3339)"',
      ].toSorted(),
    );
  });

  it('removes the list of refusals of an earlier run', async () => {
    await writeFile(refusedFile, 'old');
    await run();
    expect(existsSync(refusedFile)).toBe(false);
  });

  it('sends nothing when one of its files cannot be used', async () => {
    await files(ACCOUNTS, DEALS.replace('account', 'customer'));
    await expect(run()).rejects.toThrow('deals.csv has no column "account"');
    expect(server.requests).toEqual([]);
  });

  it('goes on where it was cut off: everything is there once in the end', async () => {
    const rows = Array.from(
      { length: 2_000 },
      (_, index) => `r${index},Name ${index},${index},r${(index * 7) % 2_000}`,
    );
    await files(`id,name,staff,parent\n${rows.join('\n')}\n`, DEALS.replaceAll(/,[ac],/g, ',r1,'));
    let writes = 0;
    server.faultFor = ({ method }) => {
      if (method === 'GET') return undefined;
      writes += 1;
      return writes % 3 === 0 ? { cut: 'after' } : writes > 6 ? { answer: 503 } : undefined;
    };
    await expect(run()).rejects.toThrow('has not answered');
    let requests = 0;
    server.faultFor = () => {
      requests += 1;
      return requests % 9 === 0 ? { cut: requests % 2 === 0 ? 'before' : 'after' } : undefined;
    };
    await run();
    expect(server.records.length).toBe(2_000 + 3 + 1);
    const events = server.events.length;
    server.faultFor = () => undefined;
    expect(await run()).toEqual([{ unchanged: 2_000 }, { unchanged: 3 }]);
    expect(server.events.length).toBe(events);
  });

  it('stops when it is asked to, and says what was done', async () => {
    const rows = Array.from({ length: 3_000 }, (_, index) => `r${index},Name ${index},,`);
    await files(`id,name,staff,parent\n${rows.join('\n')}\n`, DEALS);
    let writes = 0;
    server.faultFor = ({ path }) => {
      if (path === '/v1/accounts/batch' && ++writes === 3) stop.abort();
      return undefined;
    };
    await expect(run()).rejects.toMatchObject({ exitCode: 130 });
    const done = tallies[0]?.rows.created ?? 0;
    expect(done).toBeLessThan(3_000);
    expect(server.records.filter(({ type }) => type === 'accounts').length).toBe(done);
  });
});
