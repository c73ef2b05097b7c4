import { Controller, Inject, type ModuleMetadata, type Type } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import type {
  ChangeRecord,
  CreateRecord,
  DeleteRecord,
  Directory,
  RecordType,
  RestoreRecord,
  Streams,
} from '@sillage/kernel';
import { Records } from '@sillage/kernel';
import type { Message } from './message.js';
import { forgettingOf, personHandlers } from './person-handlers.js';
import { runBatch } from './record-batch.js';
import { type GetRecord, type RecordOperation, RecordPattern } from './record-messages.js';
import { DIRECTORY, NOW, recordsOf, STREAMS } from './record-tokens.js';
import { replying } from './replying.js';

/** The Nest module of a context that owns one type of records: its records, and the messages they take. */
export function recordModule(type: RecordType): ModuleMetadata {
  const records = {
    provide: recordsOf(type),
    inject: [STREAMS, DIRECTORY, NOW],
    useFactory: (streams: Streams, directory: Directory, now: () => number) =>
      new Records(type, { streams, directory, now }),
  };
  const controllers = [recordHandlers(type)];
  const common = { controllers, providers: [records], exports: [records] };
  if (type.personal?.of !== 'a-person') return common;
  return {
    ...common,
    controllers: [...controllers, personHandlers(type)],
    providers: [records, ...forgettingOf(type)],
  };
}

function recordHandlers(type: RecordType): Type {
  const { plural } = type;

  @Controller()
  class RecordHandlers {
    constructor(@Inject(recordsOf(type)) private readonly records: Records) {}

    @MessagePattern(RecordPattern.create(plural))
    create(@Payload() { context, payload }: Message<CreateRecord>) {
      return replying(() => this.records.create(context, payload));
    }

    @MessagePattern(RecordPattern.change(plural))
    change(@Payload() { context, payload }: Message<ChangeRecord>) {
      return replying(() => this.records.change(context, payload));
    }

    @MessagePattern(RecordPattern.delete(plural))
    delete(@Payload() { context, payload }: Message<DeleteRecord>) {
      return replying(() => this.records.delete(context, payload));
    }

    @MessagePattern(RecordPattern.restore(plural))
    restore(@Payload() { context, payload }: Message<RestoreRecord>) {
      return replying(() => this.records.restore(context, payload));
    }

    @MessagePattern(RecordPattern.batch(plural))
    batch(@Payload() { context, payload }: Message<readonly RecordOperation[]>) {
      return replying(() => runBatch(this.records, context, payload));
    }

    @MessagePattern(RecordPattern.get(plural))
    get(@Payload() { context, payload }: Message<GetRecord>) {
      return replying(() => this.records.get(context, payload.id, payload));
    }

    @MessagePattern(RecordPattern.history(plural))
    history(@Payload() { context, payload }: Message<{ readonly id: string }>) {
      return replying(() => this.records.history(context, payload.id));
    }

    @MessagePattern(RecordPattern.missing(plural))
    missing(@Payload() { context, payload }: Message<{ readonly ids: readonly string[] }>) {
      return replying(() => this.records.missing(context, payload.ids));
    }
  }

  return RecordHandlers;
}
