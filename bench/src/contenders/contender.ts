import type { Operation } from '../load/operation.js';
import type { ServerProcess } from '../processes/server-process.js';

/** What both can be asked to do. */
export const OPERATIONS = ['create', 'list', 'search', 'report'] as const;

export type OperationName = (typeof OPERATIONS)[number];

/** One of the two that are compared, running. */
export interface Contender {
  readonly name: 'floor' | 'Sillage';
  readonly server: ServerProcess;
  readonly operations: Readonly<Record<OperationName, Operation>>;
  /** Records that its reports count: fewer than were acknowledged while its views are behind. */
  count(): Promise<number>;
}

/** Of how many records the requests and the expected answers speak. */
export interface SampleSize {
  readonly records: number;
  readonly queries: number;
}

/** Fetches JSON outside the measured windows. @throws when the answer is not a success. */
export async function fetchJson<Body>(url: string, token?: string): Promise<Body> {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const answer = await fetch(url, { headers });
  if (!answer.ok) throw new Error(`${url}: status ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Body;
}
