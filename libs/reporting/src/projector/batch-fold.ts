import type { JsonObject } from '@sillage/kernel';
import type { StoredDocument } from '@sillage/view-store';
import type { Contribution, Report } from '../reports/report.js';
import { REPORT_OF_VIEW } from '../reports/reports.js';
import { CellChanges, difference } from './cell-changes.js';
import { DocumentSet } from './document-set.js';
import { type DocumentChange, project, type ViewDocument } from './project.js';
import type { RecordEvent } from './record-event.js';

/**
 * Folds a batch of events in memory over the documents as they were before it. No IO: what it touches was read before,
 * what it gives is written afterwards.
 */
export class BatchFold {
  readonly cells = new CellChanges();
  private readonly after = new DocumentSet<ViewDocument>();

  constructor(private readonly before: DocumentSet<StoredDocument>) {}

  /** Each changed document as the last event on it left it. */
  documents(): readonly ViewDocument[] {
    return [...this.after.values()];
  }

  /**
   * Folds the next event, whole or not at all; a redelivered one is skipped.
   * @throws Error whose message says what is wrong, when the event cannot be folded.
   */
  fold(event: RecordEvent): void {
    const { tenant, position } = event;
    const document = (view: string, id: string) =>
      this.after.get(view, tenant, id) ?? this.before.get(view, tenant, id);
    const known = document(event.type, event.id);
    if (known !== undefined && position <= known.position) return;

    const effects = project(event, document).map(effectOf);
    for (const { after, report, difference } of effects) {
      this.after.set(after.view, after);
      if (report !== undefined) this.cells.add(report, tenant, position, difference);
    }
  }
}

interface Effect {
  readonly after: ViewDocument;
  readonly report: Report | undefined;
  readonly difference: readonly Contribution[];
}

function effectOf({ before, after }: DocumentChange): Effect {
  const report = REPORT_OF_VIEW.get(after.view);
  if (report === undefined) return { after, report, difference: [] };
  const was = contributions(report, before?.document);
  return { after, report, difference: difference(was, report.contributions(after.document)) };
}

function contributions(report: Report, document: JsonObject | undefined): readonly Contribution[] {
  return document === undefined ? [] : report.contributions(document);
}
