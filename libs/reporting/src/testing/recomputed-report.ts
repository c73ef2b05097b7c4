import { fromMinorUnits, isMoney, type JsonObject, type JsonValue, type Money, toMinorUnits } from '@sillage/kernel';
import type { TestLog } from './test-log.js';

/** A question to a report: the values that it keeps of each dimension that it filters by. */
export interface Question {
  readonly report: 'prospects' | 'opportunities' | 'accounts';
  readonly groupBy: readonly string[];
  readonly filters: { readonly [dimension: string]: (value: string | null) => boolean };
}

type Row = { readonly [name: string]: unknown };

/**
 * What a report must say, found the slow way: from every record as it is, without cells or shared sums. Rows come in no
 * particular order.
 */
export function recomputed(log: TestLog, tenant: string, question: Question): { rows: readonly Row[]; totals: Row } {
  const { report, groupBy, filters } = question;
  const names = new Map(
    [...log.all('accounts', tenant), ...log.all('clients', tenant)].map(({ id, name }) => [id, name]),
  );
  const records = log
    .all(report, tenant)
    .filter(({ deletedAt }) => deletedAt === undefined)
    .filter((record) => Object.entries(filters).every(([name, keeps]) => keeps(dimension(report, record, name))));
  const groups = new Map<string, JsonObject[]>();
  for (const record of records) {
    const key = JSON.stringify(groupBy.map((name) => dimension(report, record, name)));
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  const measures = (group: readonly JsonObject[]) => MEASURES[report](group, log.all('opportunities', tenant));
  const rows = [...groups].map(([key, group]) => {
    const values = JSON.parse(key) as (string | null)[];
    const shown = values.map((value, index) => {
      const isNamed = groupBy[index] === 'account' || groupBy[index] === 'client';
      return [groupBy[index], isNamed && value !== null ? { id: value, name: names.get(value) } : value];
    });
    return { ...Object.fromEntries(shown), ...measures(group) };
  });
  const totals = measures(records);
  return { rows: groupBy.length === 0 ? [totals] : rows, totals };
}

function dimension(report: Question['report'], record: JsonObject, name: string): string | null {
  const { amount } = record;
  const month = (value: JsonValue | undefined) => (typeof value === 'string' ? value.slice(0, 7) : undefined);
  const values: { readonly [name: string]: JsonValue | undefined } = {
    account: report === 'accounts' ? record.id : record.accountId,
    client: record.clientId,
    pipeline: record.pipelineId,
    createdMonth: month(record.createdAt),
    expectedCloseMonth: month(record.expectedCloseDate),
    closedMonth: month(record.closedAt),
    currency: isMoney(amount) ? amount.currency : undefined,
  };
  return ((name in values ? values[name] : record[name]) ?? null) as string | null;
}

const MEASURES = {
  prospects: (group: readonly JsonObject[]): Row => {
    const converted = kind(group, 'won').length;
    return { count: group.length, converted, conversionRate: rate(converted, group.length) };
  },
  opportunities: (group: readonly JsonObject[]): Row => {
    const [won, lost] = [kind(group, 'won'), kind(group, 'lost')];
    return {
      count: group.length,
      amount: byCurrency(group, (each) => sum(each, minor)),
      averageAmount: byCurrency(group, (each) => rounded(sum(each, minor), BigInt(each.length))),
      weightedAmount: byCurrency(group, (each) => rounded(sum(each, weighted), 10_000n)),
      won: won.length,
      lost: lost.length,
      wonAmount: byCurrency(group, (each) => sum(kind(each, 'won'), minor)),
      winRate: rate(won.length, won.length + lost.length),
    };
  },
  accounts: (group: readonly JsonObject[], all: readonly JsonObject[]): Row => {
    const ids = new Set(group.map(({ id }) => id));
    const theirs = all.filter(({ accountId, deletedAt }) => ids.has(accountId as string) && deletedAt === undefined);
    const revenues = group.map(
      ({ annualRevenue }): JsonObject => (annualRevenue === undefined ? {} : { amount: annualRevenue }),
    );
    return {
      count: group.length,
      annualRevenue: byCurrency(revenues, (each) => sum(each, minor)),
      wonAmount: byCurrency(theirs, (each) => sum(kind(each, 'won'), minor)),
      openAmount: byCurrency(theirs, (each) => sum(kind(each, 'open'), minor)),
      opportunities: theirs.length,
    };
  },
};

function kind(records: readonly JsonObject[], wanted: string): readonly JsonObject[] {
  return records.filter(({ stageKind }) => stageKind === wanted);
}

function byCurrency(records: readonly JsonObject[], of: (records: readonly JsonObject[]) => bigint): readonly Money[] {
  const currencies = [...new Set(records.flatMap(({ amount }) => (isMoney(amount) ? [amount.currency] : [])))].sort();
  return currencies.map((currency) => {
    const inIt = records.filter(({ amount }) => isMoney(amount) && amount.currency === currency);
    return { value: fromMinorUnits(of(inIt), currency), currency };
  });
}

function sum(records: readonly JsonObject[], of: (record: JsonObject) => bigint): bigint {
  return records.reduce((total, record) => total + of(record), 0n);
}

function minor({ amount }: JsonObject): bigint {
  return BigInt(toMinorUnits(amount as Money));
}

function weighted(record: JsonObject): bigint {
  return minor(record) * BigInt((Number(record.probability) * 100).toFixed(0));
}

/** Half away from zero; nothing here is negative. */
function rounded(dividend: bigint, divisor: bigint): bigint {
  const [quotient, rest] = [dividend / divisor, dividend % divisor];
  return rest * 2n >= divisor ? quotient + 1n : quotient;
}

function rate(part: number, whole: number): number | null {
  return whole === 0 ? null : Number(rounded(BigInt(part) * 10_000n, BigInt(whole))) / 10_000;
}
