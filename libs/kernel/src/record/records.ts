import { currentVersion, type NewEvent, type StoredEvent } from '../events.js';
import { derivedId } from '../ids.js';
import { Problem } from '../problem.js';
import { type Appended, NO_STREAM, type Streams } from '../streams.js';
import { appendOnce } from './append.js';
import {
  type ChangeRecord,
  type CommandContext,
  type CommandIdentity,
  type CreateRecord,
  type DeleteRecord,
  type ExpectedRevision,
  type ForgetRecord,
  type RestoreRecord,
  retrying,
  type Written,
} from './commands.js';
import type { Directory } from './directory.js';
import { ExternalIds } from './external-ids.js';
import { LookUps } from './look-ups.js';
import { isWithinReach, type Reader, refuseGivingAway, refuseOutOfReach } from './reader.js';
import { type HistoryEntry, historyEntry } from './record-changes.js';
import { decideRecord, type RecordCommand } from './record-decider.js';
import { evolveRecord, foldRecord, type RecordState, recordStream, toRecord } from './record-state.js';
import type { Fact, RecordType } from './record-type.js';

export interface RecordsDependencies {
  readonly streams: Streams;
  readonly directory: Directory;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
}

/** The records of one type: takes commands, each safe to repeat, and answers from the streams, so always currently. */
export class Records {
  private readonly externalIds: ExternalIds;
  private readonly lookUps: LookUps;

  constructor(
    readonly type: RecordType,
    private readonly dependencies: RecordsDependencies,
  ) {
    this.externalIds = new ExternalIds(type, dependencies.streams, dependencies.now);
    this.lookUps = new LookUps(type, dependencies);
  }

  create(context: CommandContext, { fields, createdAt, ...command }: CreateRecord): Promise<Written> {
    const wish: RecordCommand = { do: 'create', fields, ...(createdAt === undefined ? {} : { createdAt }) };
    return this.execute(context, command, wish, 'any');
  }

  change(context: CommandContext, { patch, expected, ...command }: ChangeRecord): Promise<Written> {
    return this.execute(context, command, { do: 'change', patch }, expected);
  }

  delete(context: CommandContext, { expected, ...command }: DeleteRecord): Promise<Written> {
    return this.execute(context, command, { do: 'delete' }, expected);
  }

  restore(context: CommandContext, command: RestoreRecord): Promise<Written> {
    return this.execute(context, command, { do: 'restore' }, 'any');
  }

  /** Takes what is personal out of a record, deleted or not. What is kept in events is not this class's to erase. */
  forget(context: CommandContext, command: ForgetRecord): Promise<Written> {
    return this.execute(context, command, { do: 'forget' }, 'any');
  }

  /** @throws Problem `record-not-found`, or `record-deleted` unless deleted records are asked for too. */
  async get(reader: Reader, id: string, options: { readonly deleted: boolean }): Promise<Written> {
    const state = foldRecord(this.type, await this.read(reader.tenant, id));
    if (state === undefined) throw new Problem('record-not-found');
    refuseOutOfReach(reader, state);
    if (state.deletedAt !== undefined && !options.deleted) {
      throw new Problem('record-deleted', { extensions: { deletedAt: state.deletedAt } });
    }
    return written(state);
  }

  /** Every event on a record, oldest first, deleted or not. */
  async history(reader: Reader, id: string): Promise<readonly HistoryEntry[]> {
    const events = await this.read(reader.tenant, id);
    if (events.length === 0) throw new Problem('record-not-found');
    refuseOutOfReach(reader, foldRecord(this.type, events));
    return this.entries(events);
  }

  /** Which of these ids lead to no record. */
  async missing(reader: Reader, ids: readonly string[]): Promise<readonly string[]> {
    const found = await Promise.all(ids.map((id) => this.isThere(reader, id)));
    return ids.filter((_, index) => !found[index]);
  }

  private async isThere(reader: Reader, id: string): Promise<boolean> {
    const state = foldRecord(this.type, await this.read(reader.tenant, id));
    return state !== undefined && isWithinReach(reader, state.fields);
  }

  /** Read, fold, decide, append: again from the start when somebody else was faster and the caller does not mind. */
  private execute(
    context: CommandContext,
    command: CommandIdentity & { readonly id: string },
    wish: RecordCommand,
    expected: ExpectedRevision,
  ): Promise<Written> {
    const { now } = this.dependencies;
    return retrying(context.deadline, now, async () => {
      // A new record under a random id cannot be there yet.
      const begins = wish.do === 'create' && !mayHaveRun(context, command);
      const events = begins ? [] : await this.read(context.tenant, command.id);
      const state = foldRecord(this.type, events);
      // A key of somebody else's is told apart from one's own by nothing but this.
      refuseOutOfReach(context, state, wish.do === 'create' ? 'idempotency-key-reused' : 'record-not-found');
      const first = this.firstResult(events, command);
      if (first !== undefined) return first;
      if (wish.do === 'create' && state !== undefined) throw new Problem('concurrent-change');
      const stale = state !== undefined && expected !== 'any' && expected !== state.revision;
      if (stale && state.deletedAt === undefined && state.forgottenAt === undefined) this.refuseStale(events, expected);

      const known = await this.lookUps.before(context.tenant, command.id, state, wish);
      const facts = decideRecord(this.type, state, wish, known);
      if (facts.length === 0 && state !== undefined) return written(state);
      refuseGivingAway(context, state, facts);
      await this.claimExternalId(context, command, state, wish, facts);
      const appended = await this.append(context, command, state, facts, known.at);
      return appended && this.result(context, command, state, appended);
    });
  }

  /** What the command led to when it was first given, if it was; refused when it was another request. */
  private firstResult(events: readonly StoredEvent[], command: CommandIdentity): Written | undefined {
    const last = events.findLastIndex(({ metadata }) => metadata.commandId === command.commandId);
    if (last < 0) return undefined;
    if (events[last]?.metadata.fingerprint !== command.fingerprint) throw new Problem('idempotency-key-reused');
    const state = foldRecord(this.type, events.slice(0, last + 1));
    return state && written(state);
  }

  private refuseStale(events: readonly StoredEvent[], expected: number): never {
    const since = this.entries(events).filter(({ revision }) => revision > expected);
    const currentRevision = events.length - 1;
    throw new Problem('stale-revision', {
      params: { expected, currentRevision },
      extensions: { currentRevision, events: since },
    });
  }

  private async claimExternalId(
    context: CommandContext,
    command: CommandIdentity & { readonly id: string },
    state: RecordState | undefined,
    wish: RecordCommand,
    facts: readonly Fact[],
  ): Promise<void> {
    const restored = wish.do === 'restore' ? state?.fields.externalId : undefined;
    const externalId = restored ?? facts.find(({ data }) => data.externalId != null)?.data.externalId;
    if (typeof externalId !== 'string') return;
    await this.externalIds.claim(context, command, { externalId, recordId: command.id });
  }

  /** The events as they are stored; undefined when the stream has moved on. */
  private async append(
    context: CommandContext,
    command: CommandIdentity & { readonly id: string },
    state: RecordState | undefined,
    facts: readonly Fact[],
    at: string,
  ): Promise<readonly StoredEvent[] | undefined> {
    const stream = recordStream(this.type, context.tenant, command.id);
    const events = facts.map((fact, index) => this.toEvent(context, command, stream, fact, index, at));
    const { streams, now } = this.dependencies;
    const to = { stream, expected: state?.revision ?? NO_STREAM, deadline: context.deadline, now };
    const last = await appendOnce(streams, to, events);
    return last && stored(stream, events, last);
  }

  private toEvent(
    context: CommandContext,
    { commandId, fingerprint }: CommandIdentity,
    stream: string,
    fact: Fact,
    index: number,
    at: string,
  ): NewEvent {
    return {
      id: derivedId(stream, commandId, index),
      type: fact.type,
      data: fact.data,
      metadata: {
        tenant: context.tenant,
        actor: context.actor,
        at,
        commandId,
        ...(fingerprint === undefined ? {} : { fingerprint }),
        correlationId: context.correlationId,
        causationId: commandId,
        version: currentVersion(this.type.upcasters, fact.type),
      },
    };
  }

  /**
   * The state behind the append. A command that may have a twin, running at the same moment, is read back: under the
   * same event ids the store may have kept what the twin had decided a millisecond before.
   */
  private async result(
    context: CommandContext,
    command: CommandIdentity & { readonly id: string },
    state: RecordState | undefined,
    appended: readonly StoredEvent[],
  ): Promise<Written> {
    if (mayHaveRun(context, command)) {
      const first = this.firstResult(await this.read(context.tenant, command.id), command);
      if (first !== undefined) return first;
    }
    const after = appended.reduce<RecordState | undefined>((s, event) => evolveRecord(this.type, s, event), state);
    return written(after as RecordState);
  }

  private entries(events: readonly StoredEvent[]): readonly HistoryEntry[] {
    let before: RecordState | undefined;
    return events.map((event) => {
      const after = evolveRecord(this.type, before, event);
      const entry = historyEntry(before, after, event);
      before = after;
      return entry;
    });
  }

  private read(tenant: string, id: string): Promise<readonly StoredEvent[]> {
    return this.dependencies.streams.read(recordStream(this.type, tenant, id));
  }
}

/** A key can be used again, and a message be sent again. */
function mayHaveRun({ repeated }: CommandContext, { fingerprint }: CommandIdentity): boolean {
  return repeated === true || fingerprint !== undefined;
}

function written(state: RecordState): Written {
  return { record: toRecord(state), revision: state.revision, position: state.position };
}

/** The events as the store numbers them. Only the last one's position is known, which is the one that counts. */
function stored(stream: string, events: readonly NewEvent[], last: Appended): readonly StoredEvent[] {
  const first = last.revision - events.length + 1;
  return events.map((event, index) => ({ ...event, stream, revision: first + index, position: last.position }));
}
