import type { JsonObject } from '@sillage/kernel';
import type { StoredDocument } from '@sillage/view-store';
import {
  ACCOUNT_TOTALS_VIEW,
  type AccountTotals,
  isSameShare,
  shareOf,
  withAccount,
  withShare,
} from '../views/account-totals.js';
import type { RecordEvent } from './record-event.js';

export type ViewDocument = StoredDocument & { readonly view: string };

/** Documents of one tenant as they are before an event; undefined where there is none. */
export type DocumentsBefore = (view: string, id: string) => StoredDocument | undefined;

/** What an event makes of one document. */
export interface DocumentChange {
  readonly before: StoredDocument | undefined;
  readonly after: ViewDocument;
}

/**
 * What an event makes of the documents: of the record itself, and of the totals of the accounts concerned. Pure.
 * @throws Error whose message says what is wrong, when the event does not follow from the documents.
 */
export function project(event: RecordEvent, documents: DocumentsBefore): readonly DocumentChange[] {
  const record = projectRecord(event, documents(event.type, event.id));
  switch (event.type) {
    case 'accounts':
      return [record, ...projectAccount(event, documents)];
    case 'opportunities':
      return [record, ...projectShare(event, record.before?.document, documents)];
    case 'prospects':
    case 'clients':
    case 'interactions':
    case 'pipelines':
    case 'users':
    case 'teams':
      return [record];
    default:
      return event.type satisfies never;
  }
}

/** The public record as it is. A gap in its revisions is a lost or a parked event: what is behind it must not show. */
function projectRecord(event: RecordEvent, before: StoredDocument | undefined): DocumentChange {
  const expected = before === undefined ? 0 : Number(before.document.revision) + 1;
  if (event.revision !== expected) throw new Error(`revision ${event.revision} came where ${expected} was due`);
  return { before, after: documentAfter(event, event.type, event.id, before, event.record) };
}

function projectAccount(event: RecordEvent, documents: DocumentsBefore): readonly DocumentChange[] {
  const before = documents(ACCOUNT_TOTALS_VIEW.name, event.id);
  const totals = before?.document as AccountTotals | undefined;
  const after = withAccount(totals, event.record);
  return after === totals ? [] : [totalsChange(event, event.id, before, after)];
}

/** An opportunity's event moves its share of the totals from the account it had to the account it has. */
function projectShare(
  event: RecordEvent,
  recordBefore: JsonObject | undefined,
  documents: DocumentsBefore,
): readonly DocumentChange[] {
  const [had, has] = [shareOf(recordBefore), shareOf(event.record)];
  if (isSameShare(had, has)) return [];
  const accounts = new Set([had?.account, has?.account].filter((account) => account !== undefined));
  return [...accounts].map((account) => {
    const before = documents(ACCOUNT_TOTALS_VIEW.name, account);
    // A later account counts for nothing, though it may have been read when this event is told again.
    if (before === undefined || before.ordinal > event.position) {
      throw new Error(`no event has told of the account ${account}`);
    }
    let totals = before.document as AccountTotals;
    if (had?.account === account) totals = withShare(totals, had, -1n);
    if (has?.account === account) totals = withShare(totals, has, 1n);
    return totalsChange(event, account, before, totals);
  });
}

function totalsChange(
  event: RecordEvent,
  account: string,
  before: StoredDocument | undefined,
  after: AccountTotals,
): DocumentChange {
  return { before, after: documentAfter(event, ACCOUNT_TOTALS_VIEW.name, account, before, after) };
}

function documentAfter(
  { tenant, position }: RecordEvent,
  view: string,
  id: string,
  before: StoredDocument | undefined,
  document: JsonObject,
): ViewDocument {
  const deleted = document.deletedAt !== undefined;
  return { view, tenant, id, ordinal: before?.ordinal ?? position, position, deleted, document };
}
