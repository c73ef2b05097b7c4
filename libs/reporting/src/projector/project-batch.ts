import { isErasure, type PublicEvent } from '@sillage/contracts';
import type { StoredCell, StoredDocument, ViewBatch, ViewReader } from '@sillage/view-store';
import { PARKED_VIEW, type PoisonEvent, park } from '../views/parked.js';
import { progressOf } from '../views/progress.js';
import { BatchFold } from './batch-fold.js';
import { type CellChanges, type CellGroup, changedMeasures } from './cell-changes.js';
import { DocumentSet } from './document-set.js';
import type { ViewDocument } from './project.js';
import { type RecordEvent, readRecordEvent } from './record-event.js';
import { touchedDocuments } from './touched-documents.js';

/** The batch to write, and what could not be folded in it. */
export interface ProjectedBatch {
  readonly batch: ViewBatch;
  readonly poison: readonly PoisonEvent[];
}

/**
 * What events make of the views: reads what they touch, folds in memory, and gives absolute values, each with the
 * position of the last event that touched it. Writes nothing. An event that cannot be folded parks its record.
 *
 * Should another projector of the partition be writing at the same time, what is read is of no one state, and the batch
 * is worth nothing: the store refuses it, because its checkpoint has moved on.
 * @param events In the order of the log, all behind the checkpoint.
 */
export async function projectBatch(
  reader: Pick<ViewReader, 'get' | 'getCells'>,
  events: readonly PublicEvent[],
  checkpoint: ViewBatch['checkpoint'],
): Promise<ProjectedBatch> {
  const read = events.map(readRecordEvent);
  const fold = new BatchFold(await touchedDocuments(reader, read.filter(isRecordEvent)));
  const newest = new Map<string, ViewDocument>();
  const poison: PoisonEvent[] = [];
  for (const event of read) {
    const unfolded = isRecordEvent(event) ? foldOrPoison(fold, event) : event;
    if (unfolded !== undefined) poison.push(unfolded);
    newest.set(event.tenant, progressOf(event.tenant, event.position, event.time));
  }
  const parked = await parkedDocuments(reader, poison);
  const cells = await Promise.all(fold.cells.groups().map((group) => changedCells(reader, group, fold.cells)));
  const documents = [...fold.documents(), ...parked, ...newest.values()];
  const erases = events.some(isErasure) ? { erases: true as const } : {};
  return { batch: { documents, cells: cells.flat(), checkpoint, ...erases }, poison };
}

function isRecordEvent(event: RecordEvent | PoisonEvent): event is RecordEvent {
  return 'record' in event;
}

function foldOrPoison(fold: BatchFold, event: RecordEvent): PoisonEvent | undefined {
  try {
    fold.fold(event);
    return undefined;
  } catch (error) {
    const { tenant, type, id, time, position } = event;
    const reason = error instanceof Error ? error.message : String(error);
    return { tenant, subject: `${type}/${id}`, type: event.eventType, time, position, reason };
  }
}

async function parkedDocuments(
  reader: Pick<ViewReader, 'get'>,
  poison: readonly PoisonEvent[],
): Promise<Iterable<ViewDocument>> {
  const parked = new DocumentSet<StoredDocument & { view: string }>();
  for (const event of poison) {
    const { tenant, subject, position } = event;
    const [stored] = await reader.get(PARKED_VIEW.name, tenant, [subject]);
    const before = parked.get(PARKED_VIEW.name, tenant, subject) ?? stored;
    if (before === undefined || before.position < position) parked.set(PARKED_VIEW.name, park(before, event));
  }
  return parked.values();
}

async function changedCells(
  reader: Pick<ViewReader, 'getCells'>,
  { cube, tenant, changes }: CellGroup,
  cells: CellChanges,
): Promise<ViewBatch['cells']> {
  const before = new Map<string, StoredCell>();
  for (const cell of await reader.getCells(
    cube,
    tenant,
    changes.map(({ dimensions }) => dimensions),
  )) {
    before.set(cells.keyOf(cell.dimensions), cell);
  }
  return changes.map((change) => {
    const cell = before.get(change.key);
    return {
      cube,
      tenant,
      dimensions: change.dimensions,
      measures: changedMeasures(cell, change),
      position: change.last,
    };
  });
}
