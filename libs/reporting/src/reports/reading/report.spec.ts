import { describe, expect, it } from '@jest/globals';
import { defaultPipelineId, type Fault, type JsonObject } from '@sillage/kernel';
import { idOf } from '../../testing/arbitrary-log.js';
import { TestLog } from '../../testing/test-log.js';
import { parameters, viewsOf } from '../../testing/views-of.js';

const EUR = (value: string) => ({ amount: { value, currency: 'EUR' } });
const USD = (value: string) => ({ amount: { value, currency: 'USD' } });

describe('a report', () => {
  it('without groupBy is one row of totals', async () => {
    const { log, report } = given();
    log.tell('opportunities/a', { stage: 'won', stageKind: 'won', probability: 100, ...EUR('1000') });
    log.tell('opportunities/b', { stage: 'proposal', stageKind: 'open', probability: 50, ...EUR('500.50') });
    log.tell('opportunities/c', { stage: 'lost', stageKind: 'lost', probability: 0, ...USD('70') });
    const position = log.tell(
      'opportunities/d',
      { stage: 'proposal', stageKind: 'open', probability: 50 },
      { at: '2026-05-01T12:00:00.000Z' },
    );

    const totals = {
      count: 4,
      amount: [eur('1500.50'), usd('70.00')],
      averageAmount: [eur('750.25'), usd('70.00')],
      weightedAmount: [eur('1250.25'), usd('0.00')],
      won: 1,
      lost: 1,
      wonAmount: [eur('1000.00'), usd('0.00')],
      winRate: 0.5,
    };
    for (const query of ['', 'groupBy=']) {
      const answer = {
        groupBy: [],
        rows: [totals],
        totals,
        position,
        at: '2026-05-01T12:00:00.000Z',
      };
      expect(await report('opportunities', query)).toEqual(answer);
    }
  });

  it('of nothing says so', async () => {
    const { report } = given();
    expect(await report('prospects', 'groupBy=owner')).toEqual({
      groupBy: ['owner'],
      rows: [],
      totals: { count: 0, converted: 0, conversionRate: null },
      position: 0,
      at: null,
    });
  });

  it('rounds a rate to four decimals, and a weighted amount once', async () => {
    const { log, report } = given();
    for (const id of ['a', 'b', 'c']) {
      log.tell(`opportunities/${id}`, { stageKind: id === 'a' ? 'lost' : 'won', probability: 33.33, ...EUR('0.01') });
    }
    // A third of a cent each: together exactly 0.9999 of one, where three rounded ones would be none.
    expect((await report('opportunities')).totals).toMatchObject({ winRate: 0.6667, weightedAmount: [eur('0.01')] });
  });

  it('is exact beyond the numbers of JavaScript', async () => {
    const { log, report } = given();
    for (let index = 0; index < 20; index += 1) {
      log.tell(`opportunities/${index}`, { stageKind: 'open', probability: 99.99, ...EUR('9999999999999.99') });
    }
    expect((await report('opportunities')).totals).toMatchObject({
      amount: [eur('199999999999999.80')],
      averageAmount: [eur('9999999999999.99')],
      weightedAmount: [eur('199979999999999.80')],
    });
  });

  it('counts decimals by currency', async () => {
    const { log, report } = given();
    log.tell('opportunities/a', { amount: { value: '1500', currency: 'JPY' } });
    log.tell('opportunities/b', { amount: { value: '0.001', currency: 'KWD' } });
    expect((await report('opportunities')).totals).toMatchObject({
      amount: [
        { value: '1500', currency: 'JPY' },
        { value: '0.001', currency: 'KWD' },
      ],
    });
  });

  it('takes months in UTC, and is not bound to the form in which an amount was given', async () => {
    const { log, report } = given();
    log.tell('opportunities/a', { closedAt: '2026-01-31T23:59:59.999Z', ...EUR('10') });
    log.tell('opportunities/b', { closedAt: '2026-02-01T00:00:00.000Z', ...EUR('10.0') });
    const { rows } = await report('opportunities', 'groupBy=closedMonth');
    expect(rows).toMatchObject([
      { closedMonth: '2026-01', amount: [eur('10.00')] },
      { closedMonth: '2026-02', amount: [eur('10.00')] },
    ]);
  });

  it('follows a record that moves, changes hands, is deleted and restored', async () => {
    const { log, report } = given();
    const owners = async () => values((await report('opportunities', 'groupBy=owner')).rows, 'owner', 'count');
    log.tell('opportunities/a', { owner: 'Ana' });
    log.tell('opportunities/b', { owner: 'Ana' });
    expect(await owners()).toEqual([['Ana', 2]]);
    log.tell('opportunities/b', { owner: 'Zoe' });
    expect(await owners()).toEqual([
      ['Ana', 1],
      ['Zoe', 1],
    ]);
    log.tell('opportunities/b', { deletedAt: '2026-03-01T00:00:00.000Z' });
    expect(await owners()).toEqual([['Ana', 1]]);
    log.tell('opportunities/b', { deletedAt: null, owner: null });
    expect(await owners()).toEqual([
      ['Ana', 1],
      [null, 1],
    ]);
  });

  it('sums the opportunities of accounts, wherever they go', async () => {
    const { log, report } = given();
    const [one, other] = [idOf('accounts', 1), idOf('accounts', 2)];
    log.tell(`accounts/${one}`, { name: 'One', industry: 'retail', annualRevenue: eur('5000') });
    log.tell(`accounts/${other}`, { name: 'Other', industry: 'retail' });
    log.tell('opportunities/a', { accountId: one, stageKind: 'won', ...EUR('100') });
    log.tell('opportunities/b', { accountId: one, stageKind: 'open', ...EUR('20') });
    log.tell('opportunities/c', { accountId: one, stageKind: 'lost', ...USD('7') });
    log.tell('opportunities/b', { accountId: other });
    log.tell('opportunities/d', { accountId: other });

    const { rows, totals } = await report('accounts', 'groupBy=account');
    expect(rows).toEqual([
      {
        account: { id: one, name: 'One' },
        count: 1,
        annualRevenue: [eur('5000.00')],
        wonAmount: [eur('100.00'), usd('0.00')],
        openAmount: [eur('0.00'), usd('0.00')],
        opportunities: 2,
      },
      {
        account: { id: other, name: 'Other' },
        count: 1,
        annualRevenue: [],
        wonAmount: [eur('0.00')],
        openAmount: [eur('20.00')],
        opportunities: 2,
      },
    ]);
    expect(totals).toMatchObject({ count: 2, opportunities: 4 });
  });
});

describe('the rows of a report', () => {
  it('go by the dimensions in turn, case and accents aside, nothing last', async () => {
    const { log, report } = given();
    for (const [owner, source] of [
      ['zoe', 'web'],
      [null, 'web'],
      ['Éric', 'web'],
      ['ana', null],
      ['ana', 'fair'],
      ['Fabien', 'web'],
    ]) {
      log.tell(`prospects/${owner}${source}`, { owner: owner ?? null, source: source ?? null });
    }
    const { rows } = await report('prospects', 'groupBy=owner,source');
    expect(values(rows, 'owner', 'source')).toEqual([
      ['ana', 'fair'],
      ['ana', null],
      ['Éric', 'web'],
      ['Fabien', 'web'],
      ['zoe', 'web'],
      [null, 'web'],
    ]);
  });

  it('follow the pipelines: the default one first, then the others by creation, then stages that none has', async () => {
    const { log, report } = given();
    const [late, early, first] = [
      idOf('pipelines', 0),
      idOf('pipelines', 1),
      defaultPipelineId('acme', 'opportunities'),
    ];
    pipeline(log, early, ['pitch', 'won'], '2020-01-01T00:00:00.000Z');
    pipeline(log, late, ['call', 'pitch'], '2021-01-01T00:00:00.000Z');
    pipeline(log, first, ['proposal', 'negotiation', 'won'], '2022-01-01T00:00:00.000Z');
    const placed = [
      [late, 'pitch'],
      [late, 'call'],
      [early, 'won'],
      [early, 'pitch'],
      [first, 'won'],
      [first, 'proposal'],
      [first, 'abandoned'],
    ];
    for (const [pipelineId, stage] of placed) {
      log.tell(`opportunities/${pipelineId}${stage}`, { pipelineId: pipelineId ?? null, stage: stage ?? null });
    }

    expect(values((await report('opportunities', 'groupBy=pipeline,stage')).rows, 'pipeline', 'stage')).toEqual([
      [first, 'proposal'],
      [first, 'won'],
      [first, 'abandoned'],
      [early, 'pitch'],
      [early, 'won'],
      [late, 'call'],
      [late, 'pitch'],
    ]);
    const stages = ['proposal', 'won', 'pitch', 'call', 'abandoned'];
    expect(values((await report('opportunities', 'groupBy=stage')).rows, 'stage').flat()).toEqual(stages);
    const ofOne = await report('opportunities', `groupBy=stage&pipeline=${late}`);
    expect(values(ofOne.rows, 'stage').flat()).toEqual(['call', 'pitch']);
  });

  it('show accounts and clients by name, or nothing', async () => {
    const { log, report } = given();
    const [zebra, aardvark] = [idOf('accounts', 1), idOf('accounts', 2)];
    log.tell(`accounts/${zebra}`, { name: 'Zebra' });
    log.tell(`accounts/${aardvark}`, { name: 'aardvark', deletedAt: '2026-03-01T00:00:00.000Z' });
    log.tell('opportunities/a', { accountId: zebra });
    log.tell('opportunities/b', { accountId: aardvark });
    log.tell('opportunities/c', {});
    const { rows } = await report('opportunities', 'groupBy=account');
    expect(values(rows, 'account').flat()).toEqual([
      { id: aardvark, name: 'aardvark' },
      { id: zebra, name: 'Zebra' },
      null,
    ]);
  });

  it('give a top list', async () => {
    const { log, report } = given();
    for (const [which, value] of ['10', '200', '3000.5'].entries()) {
      log.tell(`accounts/${idOf('accounts', which)}`, { name: `Account ${which}` });
      log.tell(`opportunities/${which}`, { accountId: idOf('accounts', which), owner: `Rep ${which}`, ...EUR(value) });
    }
    log.tell('opportunities/none', { owner: 'Aaron' });

    const top = await report('opportunities', 'groupBy=account&sort=-amount&limit=2');
    expect(values(top.rows, 'account').flat()).toEqual([
      { id: idOf('accounts', 2), name: 'Account 2' },
      { id: idOf('accounts', 1), name: 'Account 1' },
    ]);
    expect(top.totals).toMatchObject({ count: 4, amount: [eur('3210.50')] });
    const owners = async (query: string) =>
      values((await report('opportunities', `groupBy=owner&${query}`)).rows, 'owner').flat();
    expect(await owners('sort=amount')).toEqual(['Rep 0', 'Rep 1', 'Rep 2', 'Aaron']);
    expect(await owners('sort=-owner')).toEqual(['Rep 2', 'Rep 1', 'Rep 0', 'Aaron']);
    expect(await owners('sort=-count&limit=1')).toEqual(['Aaron']);
  });

  it('are not sorted by amounts of several currencies', async () => {
    const { log, report } = given();
    log.tell('opportunities/a', { owner: 'Ana', ...EUR('1') });
    log.tell('opportunities/b', { owner: 'Zoe', ...USD('2') });
    const fault = { path: 'sort', code: 'currency-required', params: { field: 'currency' } };
    await expect(report('opportunities', 'groupBy=owner&sort=-amount')).rejects.toMatchObject({ faults: [fault] });
    const ofOne = await report('opportunities', 'groupBy=owner&sort=-amount&currency=USD');
    expect(values(ofOne.rows, 'owner').flat()).toEqual(['Zoe']);
  });
});

describe('the parameters of a report', () => {
  it.each<[string, string, Fault]>([
    [
      'prospects',
      'groupBy=colour',
      {
        path: 'groupBy',
        code: 'unknown-field',
        params: { field: 'colour', choices: 'source, stage, owner, createdMonth' },
      },
    ],
    ['prospects', 'groupBy=pipeline', { path: 'groupBy', code: 'unknown-field' }],
    ['accounts', 'groupBy=currency', { path: 'groupBy', code: 'unknown-field' }],
    ['prospects', 'groupBy=owner,owner', { path: 'groupBy', code: 'duplicate', params: { value: 'owner' } }],
    ['prospects', 'groupBy=owner,', { path: 'groupBy', code: 'unknown-field' }],
    ['prospects', 'groupBy=owner&groupBy=source', { path: 'groupBy', code: 'given-twice' }],
    ['prospects', 'company=Acme', { path: 'company', code: 'unknown-parameter' }],
    ['prospects', 'pipeline=x', { path: 'pipeline', code: 'unknown-parameter' }],
    ['prospects', 'owner.gt=A', { path: 'owner.gt', code: 'unknown-operator' }],
    ['prospects', 'createdMonth=2026-13', { path: 'createdMonth', code: 'wrong-form' }],
    ['opportunities', 'currency=EURO', { path: 'currency', code: 'unknown-currency' }],
    ['opportunities', 'account=7', { path: 'account', code: 'wrong-form' }],
    ['opportunities', 'sort=-owner', { path: 'sort', code: 'not-sortable' }],
    ['opportunities', 'sort=colour', { path: 'sort', code: 'unknown-field' }],
    ['opportunities', 'limit=0', { path: 'limit', code: 'too-small' }],
    ['opportunities', 'limit=10001', { path: 'limit', code: 'too-large' }],
  ])('are refused by name when they are not understood: %s?%s', async (report, query, fault) => {
    const refused = given().report(report, query);
    await expect(refused).rejects.toMatchObject({ code: 'validation-failed', faults: [fault] });
  });
});

describe('a report as CSV', () => {
  it('has two columns for an account, and one for each currency of an amount', async () => {
    const { log, csv } = given();
    log.tell(`accounts/${idOf('accounts', 1)}`, { name: 'Sillons, "Fils"' });
    log.tell('opportunities/a', { accountId: idOf('accounts', 1), stageKind: 'won', probability: 100, ...EUR('1') });
    log.tell('opportunities/b', { stageKind: 'open', probability: 10, ...USD('2') });
    expect(await csv('opportunities', 'groupBy=account')).toEqual([
      'account.id,account.name,count,amount.EUR,amount.USD,averageAmount.EUR,averageAmount.USD,weightedAmount.EUR,weightedAmount.USD,won,lost,wonAmount.EUR,wonAmount.USD,winRate',
      `${idOf('accounts', 1)},"Sillons, ""Fils""",1,1.00,,1.00,,1.00,,1,0,1.00,,1`,
      ',,1,,2.00,,2.00,,0.20,0,0,,0.00,',
      '',
    ]);
  });

  it('has its header line without a row, too', async () => {
    expect(await given().csv('prospects', 'groupBy=owner')).toEqual(['owner,count,converted,conversionRate', '']);
  });

  it.each(['=1+1', '+33 1', '-1', '@SUM(A1)', '\tx', '\rx'])(
    'writes %j so that no spreadsheet takes it for a formula',
    async (owner) => {
      const { log, csv } = given();
      log.tell('prospects/a', { owner });
      const [, line] = await csv('prospects', 'groupBy=owner');
      expect(line?.replaceAll('"', '').startsWith(`'${owner}`)).toBe(true);
    },
  );
});

type Report = { rows: readonly JsonObject[]; totals: JsonObject };

function given() {
  const log = new TestLog();
  const answer = async (report: string, query: string, format: 'json' | 'csv') => {
    const { models } = await viewsOf(log);
    return (await models.report({ report, tenant: 'acme', parameters: parameters(query), format })).body;
  };
  return {
    log,
    report: async (report: string, query = '') => JSON.parse(await answer(report, query, 'json')) as Report,
    csv: async (report: string, query = '') => (await answer(report, query, 'csv')).split('\n'),
  };
}

function pipeline(log: TestLog, id: string, stages: readonly string[], createdAt: string): void {
  log.tell(`pipelines/${id}`, {
    name: id,
    appliesTo: 'opportunities',
    stages: stages.map((key) => ({ key })),
    createdAt,
  });
}

function values(rows: readonly JsonObject[], ...names: readonly string[]): readonly unknown[][] {
  return rows.map((row) => names.map((name) => row[name]));
}

function eur(value: string) {
  return { value, currency: 'EUR' };
}

function usd(value: string) {
  return { value, currency: 'USD' };
}
