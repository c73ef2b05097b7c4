import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { PERSON_TYPES, RECORD_TYPE_NAMES } from '@sillage/contracts';
import { Messages } from '@sillage/messaging';
import { TokensController } from './access/api-tokens/tokens.controller.js';
import { TokensGateway } from './access/api-tokens/tokens.gateway.js';
import { ProblemFilter } from './edge/problem.filter.js';
import { Tenants } from './edge/tenants.js';
import { EventsController } from './events/events.controller.js';
import { EventsGateway } from './events/events.gateway.js';
import { HealthController } from './health/health.controller.js';
import { peopleByMessage } from './permission/people-by-message.js';
import { Reach } from './permission/reach.js';
import { personController } from './persons/person.controller.js';
import { PersonsGateway } from './persons/persons.gateway.js';
import { ReadsGateway } from './reads/reads.gateway.js';
import { ReportsController } from './reads/reports.controller.js';
import { BatchController } from './records/batch.controller.js';
import { BatchGateway } from './records/batch.gateway.js';
import { recordController } from './records/record.controller.js';
import { RecordsGateway } from './records/records.gateway.js';

/**
 * The edge: takes HTTP, gives messages. The registration file of the process provides `Messages`, `Publisher`,
 * `EVENT_LOG` and `READINESS` in a global module, and `API_TOKENS` where Sillage itself gives out tokens.
 */
@Module({
  controllers: [
    HealthController,
    ReportsController,
    EventsController,
    BatchController,
    TokensController,
    ...RECORD_TYPE_NAMES.map(recordController),
    ...PERSON_TYPES.map(personController),
  ],
  providers: [
    RecordsGateway,
    BatchGateway,
    ReadsGateway,
    EventsGateway,
    PersonsGateway,
    TokensGateway,
    Tenants,
    {
      provide: Reach,
      inject: [Messages],
      useFactory: (messages: Messages) =>
        new Reach({ peopleOf: (tenant) => peopleByMessage(messages, tenant), now: () => Date.now() }),
    },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
})
export class GatewayModule {}
