import { Controller, Inject, Module } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import type { Records } from '@sillage/kernel';
import { type Message, OPEN_TENANT, recordModule, recordsOf, replying } from '@sillage/messaging';
import { openTenant } from './default-pipelines.js';
import { pipeline } from './domain/pipeline.js';

@Controller()
class TenantHandlers {
  constructor(@Inject(recordsOf(pipeline)) private readonly pipelines: Records) {}

  @MessagePattern(OPEN_TENANT)
  open(@Payload() { context }: Message<null>) {
    return replying(() => openTenant(this.pipelines, context));
  }
}

const records = recordModule(pipeline);

/** Owns pipelines: takes the messages that create, change and show them, and gives each tenant its first ones. */
@Module({ ...records, controllers: [...(records.controllers ?? []), TenantHandlers] })
export class PipelinesModule {}
