import { minorDigits } from '@sillage/kernel';
import { REGIONS, type Region } from './regions.js';

/** How many records of each type there are. */
export interface DemoSizes {
  readonly accounts: number;
  readonly clients: number;
  readonly prospects: number;
  readonly opportunities: number;
  readonly interactions: number;
}

/** The order is that of the import; the index of a table is part of its seed. */
export const TABLES = ['accounts', 'clients', 'prospects', 'opportunities', 'interactions'] as const;

export type TableName = (typeof TABLES)[number];

/** Shares out a number of records: there is at least an account, and interactions take what is left over. */
export function demoSizes(total: number): DemoSizes {
  const accounts = Math.max(1, Math.floor(total * 0.1));
  const clients = Math.floor(total * 0.2);
  const prospects = Math.floor(total * 0.2);
  const opportunities = Math.floor(total * 0.25);
  return {
    accounts,
    clients,
    prospects,
    opportunities,
    interactions: total - accounts - clients - prospects - opportunities,
  };
}

/** Fixed, so that a seed gives the same files on any day. UTC. */
const FIRST_DAY = Date.UTC(2021, 0, 1);
const LAST_DAY = Date.UTC(2025, 11, 31);
const DAY = 86_400_000;

/**
 * The chances of one table. Rows are made one after the other, so memory does not grow with their number; a row refers
 * to others by number alone.
 */
export class Chances {
  private readonly dice: Region['faker'];

  constructor(
    readonly sizes: DemoSizes,
    readonly seed: number,
    table: TableName,
  ) {
    for (const [index, { faker }] of REGIONS.entries()) faker.seed([seed, TABLES.indexOf(table), index]);
    this.dice = REGIONS[0].faker;
  }

  region(): Region {
    return this.dice.helpers.weightedArrayElement(REGIONS.map((value) => ({ value, weight: value.weight })));
  }

  /** True in so many of a hundred cases. */
  happens(percent: number): boolean {
    return this.dice.number.int({ min: 1, max: 100 }) <= percent;
  }

  int(min: number, max: number): number {
    return this.dice.number.int({ min, max });
  }

  one<T>(choices: readonly T[]): T {
    return this.dice.helpers.arrayElement(choices);
  }

  weighted<T>(choices: readonly (readonly [value: T, weight: number])[]): T {
    return this.dice.helpers.weightedArrayElement(choices.map(([value, weight]) => ({ value, weight })));
  }

  /** `A1-000042`: the same number is the same record in every table, and another one under another seed. */
  externalId(table: TableName, number: number): string {
    return `${PREFIXES[table]}${this.seed}-${String(number).padStart(6, '0')}`;
  }

  /** The external id of any record of a type; empty when there is none. */
  anyOf(table: TableName): string {
    const size = this.sizes[table];
    return size === 0 ? '' : this.externalId(table, this.int(1, size));
  }

  /** Milliseconds since 1970 between two days of the demonstration's years. */
  moment(from = FIRST_DAY, to = LAST_DAY): number {
    return this.int(Math.floor(from / 1_000), Math.floor(Math.max(from, to) / 1_000)) * 1_000;
  }

  /** So many days later, but not behind the last day. */
  later(moment: number, mostDays: number): number {
    return this.moment(moment, Math.min(LAST_DAY, moment + mostDays * DAY));
  }

  /** An amount about as large as so many euros, with the decimals that the currency has. */
  amount({ currency, perEuro }: Region, leastEuros: number, mostEuros: number): string {
    const digits = minorDigits(currency) ?? 2;
    const minor = this.int(Math.floor(leastEuros * perEuro), Math.floor(mostEuros * perEuro)) * 10 ** digits;
    const text = String(minor + (this.happens(30) ? this.int(0, 10 ** digits - 1) : 0)).padStart(digits + 1, '0');
    return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  }
}

const PREFIXES = { accounts: 'A', clients: 'C', prospects: 'P', opportunities: 'O', interactions: 'I' } as const;

/** Clients are shared out over the accounts, so that a client's account follows from its number. */
export function accountOfClient(sizes: DemoSizes, client: number): number {
  return 1 + ((client - 1) % sizes.accounts);
}

export function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

/** As databases print it: `2024-03-01 08:30:00`. */
export function timeOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 19).replace('T', ' ');
}

/** Sales representatives. */
export const OWNERS: readonly string[] = [
  'Élise Martin',
  "Conor O'Brien",
  'Zoë Ångström',
  '佐藤 美咲',
  'Łukasz Wójcik',
  'سارة العلي',
  'José Álvarez',
  'Nguyễn Thị Hà',
  'Jürgen Groß',
  'Amélie de la Tour',
];
