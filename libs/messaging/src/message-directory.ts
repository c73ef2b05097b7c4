import type { Directory, Pipeline, Stage, Written } from '@sillage/kernel';
import { Problem } from '@sillage/kernel';
import DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';
import type { Message } from './message.js';
import type { Messages } from './messages.js';
import { QuestionsUnderWay } from './questions-under-way.js';
import { RecordPattern } from './record-messages.js';

/** Some 10 MB: a key holds a tenant, a type and an id. */
const MOST_KNOWN_IDS = 50_000;
const MOST_KNOWN_PIPELINES = 1_000;

/** Milliseconds that a look-up may take: less than a service has for the command that needs it. */
const TIME_FOR_LOOK_UP = 4_000;

interface Key {
  readonly tenant: string;
  readonly type: string;
  readonly id: string;
}

/**
 * Asks the owning contexts by message and remembers what cannot turn: an id that exists exists for ever. Questions of
 * the same tick travel together, so a batch costs one message a type; and what is being asked already is not asked again.
 */
export class MessageDirectory implements Directory {
  private readonly known = new LRUCache<string, true>({ max: MOST_KNOWN_IDS });
  private readonly pipelines = new LRUCache<string, Pipeline>({ max: MOST_KNOWN_PIPELINES });
  private readonly ids: DataLoader<Key, boolean>;
  private readonly idsAsked = new QuestionsUnderWay<boolean>();
  private readonly pipelinesAsked = new QuestionsUnderWay<Pipeline | undefined>();

  constructor(
    private readonly messages: Messages,
    private readonly now: () => number,
  ) {
    this.ids = new DataLoader((keys) => this.lookUp(keys), { cache: false, maxBatchSize: 1_000 });
  }

  async missing(tenant: string, type: string, ids: readonly string[]): Promise<readonly string[]> {
    const exist = await Promise.all(ids.map((id) => this.exists({ tenant, type, id })));
    return ids.filter((_, index) => !exist[index]);
  }

  async pipeline(tenant: string, id: string, stage: string | undefined): Promise<Pipeline | undefined> {
    const key = `${tenant}/${id}`;
    const knowsStage = (pipeline: Pipeline | undefined) =>
      pipeline !== undefined && (stage === undefined || pipeline.stages.some((known) => known.key === stage));
    const remembered = this.pipelines.get(key);
    if (knowsStage(remembered)) return remembered;
    const pipeline = await this.pipelinesAsked.ask(key, knowsStage, () => this.askPipeline(tenant, id));
    if (pipeline !== undefined) this.pipelines.set(key, pipeline);
    return pipeline;
  }

  private async exists(key: Key): Promise<boolean> {
    const name = `${key.tenant}/${key.type}/${key.id}`;
    if (this.known.has(name)) return true;
    const exists = await this.idsAsked.ask(name, Boolean, () => this.ids.load(key));
    if (exists) this.known.set(name, true);
    return exists;
  }

  private async lookUp(keys: readonly Key[]): Promise<readonly boolean[]> {
    const groups = Map.groupBy(keys, ({ tenant, type }) => `${tenant}/${type}`);
    const missing = new Set<string>();
    await Promise.all(
      [...groups.entries()].map(async ([group, members]) => {
        const { tenant, type } = members[0] as Key;
        const ids = [...new Set(members.map(({ id }) => id))];
        const message = this.message(tenant, { ids });
        for (const id of await this.messages.ask<readonly string[]>(RecordPattern.missing(type), message)) {
          missing.add(`${group}/${id}`);
        }
      }),
    );
    return keys.map(({ tenant, type, id }) => !missing.has(`${tenant}/${type}/${id}`));
  }

  private async askPipeline(tenant: string, id: string): Promise<Pipeline | undefined> {
    try {
      const message = this.message(tenant, { id, deleted: true });
      const { record } = await this.messages.ask<Written>(RecordPattern.get('pipelines'), message);
      const { appliesTo, stages } = record as unknown as { appliesTo: Pipeline['appliesTo']; stages: readonly Stage[] };
      return { id, appliesTo, stages };
    } catch (error) {
      if (error instanceof Problem && error.code === 'record-not-found') return undefined;
      throw error;
    }
  }

  private message<Payload>(tenant: string, payload: Payload): Message<Payload> {
    const context = { tenant, actor: 'sillage', correlationId: '', deadline: this.now() + TIME_FOR_LOOK_UP };
    return { context, payload };
  }
}
