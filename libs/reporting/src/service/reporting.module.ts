import { Controller, Inject, Module } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import { type Message, replying } from '@sillage/messaging';
import type { DetailRequest, ListRequest, ReadModels, ReportRequest } from '../read-models.js';
import { ReadPattern } from './read-model-messages.js';

/** The token of the read models, which the registration file of the process provides. */
export const READ_MODELS = Symbol('ReadModels');

@Controller()
class ReadModelHandlers {
  constructor(@Inject(READ_MODELS) private readonly readModels: ReadModels) {}

  @MessagePattern(ReadPattern.list)
  list(@Payload() { payload }: Message<ListRequest>) {
    return replying(() => this.readModels.list(payload));
  }

  @MessagePattern(ReadPattern.report)
  report(@Payload() { payload }: Message<ReportRequest>) {
    return replying(() => this.readModels.report(payload));
  }

  @MessagePattern(ReadPattern.detail)
  detail(@Payload() { payload }: Message<DetailRequest>) {
    return replying(() => this.readModels.detail(payload));
  }

  @MessagePattern(ReadPattern.position)
  position(@Payload() { context }: Message<unknown>) {
    return replying(() => this.readModels.position(context.tenant));
  }
}

/** Answers lists and reports from the views. */
@Module({ controllers: [ReadModelHandlers] })
export class ReportingModule {}
