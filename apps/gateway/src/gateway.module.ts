import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { RECORD_TYPE_NAMES } from '@sillage/contracts';
import { TokensController } from './access/api-tokens/tokens.controller.js';
import { TokensGateway } from './access/api-tokens/tokens.gateway.js';
import { ProblemFilter } from './edge/problem.filter.js';
import { Tenants } from './edge/tenants.js';
import { EventsController } from './events/events.controller.js';
import { EventsGateway } from './events/events.gateway.js';
import { HealthController } from './health/health.controller.js';
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
  ],
  providers: [
    RecordsGateway,
    BatchGateway,
    ReadsGateway,
    EventsGateway,
    TokensGateway,
    Tenants,
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
})
export class GatewayModule {}
