import { REPORTS } from '@sillage/contracts';
import { divideRounded, isMoney, type JsonObject, toMinorUnits } from '@sillage/kernel';
import { RECORD_VIEWS } from '../../views/record-views.js';
import { type DetailColumn, textColumn } from '../detail-column.js';
import { type Dimensions, dimensionReader } from '../dimension.js';
import { type Contribution, cuboidsOf, type MeasureRule, type Report, type Sums } from '../report.js';
import { exactMoney } from '../report-money.js';

const shape = REPORTS.opportunities;

/** A probability is kept in hundredths of a per cent, the finest that one can be given in. */
const CERTAIN = 10_000n;

const dimensions = {
  pipeline: { kind: 'pipeline', field: 'pipelineId' },
  stage: { kind: 'stage', field: 'stage' },
  currency: { kind: 'currency', field: 'amount.currency' },
  owner: { kind: 'keyword', field: 'owner' },
  source: { kind: 'keyword', field: 'source' },
  expectedCloseMonth: { kind: 'month', field: 'expectedCloseDate' },
  closedMonth: { kind: 'month', field: 'closedAt' },
  account: { kind: 'account', field: 'accountId' },
  client: { kind: 'client', field: 'clientId' },
} satisfies Dimensions;

const valuesOf = dimensionReader(dimensions);

/**
 * What opportunities are worth. Amounts sum by currency in minor units; `weighted` sums minor units times hundredths
 * of a per cent, so that it is exact and rounded only once, when it is shown.
 */
export const OPPORTUNITIES_REPORT: Report = {
  shape,
  view: RECORD_VIEWS.opportunities,
  dimensions,
  // Each set costs a cell to read and write for nearly every event, so they are few. The usual questions (a funnel, by
  // representative, by source, a forecast, what was won by month) read a number of cells that does not grow with the
  // opportunities; those by account or client one that grows with clients. The last set answers everything else, from
  // about as many cells as there are opportunities.
  cuboids: cuboidsOf(
    'opportunities',
    dimensions,
    ['pipeline', 'stage', 'currency'],
    [
      [],
      ['owner'],
      ['expectedCloseMonth'],
      ['owner', 'source'],
      ['owner', 'closedMonth'],
      ['owner', 'expectedCloseMonth'],
      ['account', 'client'],
      ['account', 'client', 'owner', 'source', 'expectedCloseMonth', 'closedMonth'],
    ],
  ),
  sums: ['count', 'won', 'lost', 'amount', 'weighted', 'wonAmount'],
  measures: {
    count: { kind: 'count', sum: 'count' },
    amount: money(({ amount = 0n }) => amount),
    averageAmount: money(({ amount = 0n, count = 1n }) => divideRounded(amount, count)),
    weightedAmount: money(({ weighted = 0n }) => divideRounded(weighted, CERTAIN)),
    won: { kind: 'count', sum: 'won' },
    lost: { kind: 'count', sum: 'lost' },
    wonAmount: money(({ wonAmount = 0n }) => wonAmount),
    winRate: { kind: 'rate', sum: 'won', outOf: ['won', 'lost'] },
  } satisfies { [measure in keyof typeof shape.measures]: MeasureRule },
  detail: shape.detail.map(detailColumn),

  contributions(opportunity) {
    return opportunity.deletedAt === undefined
      ? [{ dimensions: valuesOf(opportunity), sums: sumsOf(opportunity) }]
      : [];
  },
};

function sumsOf({ stageKind, amount, probability }: JsonObject): Contribution['sums'] {
  const won = stageKind === 'won' ? 1n : 0n;
  const lost = stageKind === 'lost' ? 1n : 0n;
  if (!isMoney(amount)) return [1n, won, lost, 0n, 0n, 0n];
  const minor = BigInt(toMinorUnits(amount));
  // Rounding takes away what binary fractions add (0.29 * 100 is 28.999…); the probability itself has two decimals.
  const chance = BigInt(Math.round(typeof probability === 'number' ? probability * 100 : 0));
  return [1n, won, lost, minor, minor * chance, won * minor];
}

/** A cell of a currency counts the records with an amount in it. */
function money(minor: (sums: Sums) => bigint): MeasureRule {
  return { kind: 'money', records: 'count', minor };
}

function detailColumn(name: (typeof shape.detail)[number]): DetailColumn {
  switch (name) {
    case 'amount':
      return { name, kind: 'text', value: ({ amount }) => (isMoney(amount) ? exactMoney(amount).value : null) };
    case 'currency':
      return { name, kind: 'text', value: ({ amount }) => (isMoney(amount) ? amount.currency : null) };
    case 'account':
      return { name, kind: 'account', field: 'accountId' };
    case 'client':
      return { name, kind: 'client', field: 'clientId' };
    case 'name':
    case 'stage':
    case 'owner':
    case 'expectedCloseDate':
    case 'closedAt':
      return textColumn(name);
    default:
      return name satisfies never;
  }
}
