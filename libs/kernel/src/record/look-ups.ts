import type { Streams } from '../streams.js';
import type { Directory } from './directory.js';
import { defaultPipelineId, type Pipeline } from './pipeline.js';
import { type Known, type RecordCommand, wantedFields } from './record-decider.js';
import { foldRecord, type RecordState, recordStream } from './record-state.js';
import type { Fields, RecordType } from './record-type.js';

export interface LookUpsDependencies {
  readonly streams: Pick<Streams, 'read'>;
  readonly directory: Directory;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
}

/** Asks what a decision needs to know of the world outside its own stream. */
export class LookUps {
  constructor(
    private readonly type: RecordType,
    private readonly dependencies: LookUpsDependencies,
  ) {}

  /** What there is to know before a wish about a record in this state is decided. */
  async before(tenant: string, id: string, state: RecordState | undefined, wish: RecordCommand): Promise<Known> {
    const at = new Date(this.dependencies.now()).toISOString();
    if (wish.do !== 'create' && wish.do !== 'change') return { at, missing: [] };
    const wanted = wantedFields(state?.fields, wish);
    const missing = await this.missingReferences(tenant, state, wanted);
    const cyclic = await this.isAboveItself(tenant, id, state, wanted);
    const pipeline = await this.pipelineOf(tenant, wanted);
    return { at, missing, cyclic, ...(pipeline === undefined ? {} : { pipeline }) };
  }

  private async pipelineOf(tenant: string, wanted: Fields): Promise<Pipeline | undefined> {
    const { movesThrough } = this.type;
    if (movesThrough === undefined) return undefined;
    const id = wanted.pipelineId ?? defaultPipelineId(tenant, movesThrough);
    const stage = typeof wanted.stage === 'string' ? wanted.stage : undefined;
    return this.dependencies.directory.pipeline(tenant, String(id), stage);
  }

  /** Walks up from a new parent. A new record cannot be above another, so only a change can close a circle. */
  private async isAboveItself(
    tenant: string,
    id: string,
    state: RecordState | undefined,
    wanted: Fields,
  ): Promise<boolean> {
    const { parent } = this.type;
    if (parent === undefined || state === undefined || wanted[parent] === state.fields[parent]) return false;
    const above = new Set<string>();
    let next = wanted[parent];
    while (typeof next === 'string' && next !== id && !above.has(next)) {
      above.add(next);
      const stream = recordStream(this.type, tenant, next);
      next = foldRecord(this.type, await this.dependencies.streams.read(stream))?.fields[parent];
    }
    return next === id;
  }

  /** The fields whose reference is new and leads to no record. */
  private async missingReferences(tenant: string, state: RecordState | undefined, wanted: Fields): Promise<string[]> {
    const given = Object.entries(this.type.references).flatMap(([field, type]) => {
      const id = wanted[field];
      return typeof id === 'string' && id !== state?.fields[field] ? [{ field, type, id }] : [];
    });
    const missing = await Promise.all(
      given.map(({ type, id }) => this.dependencies.directory.missing(tenant, type, [id])),
    );
    return given.filter((_, index) => (missing[index] ?? []).length > 0).map(({ field }) => field);
  }
}
