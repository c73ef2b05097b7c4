import type { Api } from '../api.js';
import type { Figures } from './figures.js';

/** The position of the last event there is. */
export async function lastPosition(api: Api): Promise<string> {
  for (let position = '0'; ; ) {
    const { body } = await api.get(`/v1/events?limit=1000&after=${position}`);
    const next = String(body.nextPosition);
    if (next === position) return position;
    position = next;
  }
}

/** Reads reports that are up to date with everything written before. */
export class Reports {
  private constructor(
    private readonly api: Api,
    private readonly position: string,
    /** External ids of accounts by id. */
    private readonly accounts: ReadonlyMap<string, string>,
  ) {}

  static async upToDate(api: Api): Promise<Reports> {
    const position = await lastPosition(api);
    await untilShown(api, position);
    return new Reports(api, position, await externalIds(api));
  }

  /** The rows of a report by the JSON of the list of their dimensions' values; accounts by external id. */
  async figures(report: string, by: readonly string[], filter = ''): Promise<Figures> {
    const { rows } = await this.read(report, by, filter);
    return Object.fromEntries(
      rows.map((row: { readonly [name: string]: unknown }) => {
        const values = by.map((name) => this.value(row[name]));
        return [JSON.stringify(values), Object.fromEntries(Object.entries(row).filter(([name]) => !by.includes(name)))];
      }),
    );
  }

  async totals(report: string): Promise<object> {
    return (await this.read(report, [], '')).totals;
  }

  private async read(report: string, by: readonly string[], filter: string) {
    const groupBy = by.length === 0 ? '' : `groupBy=${by.join(',')}&`;
    const answer = await this.api.get(`/v1/reports/${report}?${groupBy}${filter}`, {
      'sillage-wait-for': this.position,
    });
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.body;
  }

  private value(value: unknown): unknown {
    const isAccount = typeof value === 'object' && value !== null && 'id' in value;
    return isAccount ? (this.accounts.get(String(value.id)) ?? `no account ${value.id}`) : value;
  }
}

/** A read waits for 2 s at most; after thousands of writes the views may need longer. */
async function untilShown(api: Api, position: string): Promise<void> {
  for (let tries = 0; tries < 30; tries += 1) {
    const { status } = await api.get('/v1/accounts?limit=1', { 'sillage-wait-for': position });
    if (status === 200) return;
  }
  throw new Error('the views do not catch up');
}

async function externalIds(api: Api): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body } = await api.get(`/v1/accounts?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    for (const { id, externalId } of body.items) ids.set(id, externalId);
    cursor = body.nextCursor ?? null;
  }
  return ids;
}
