import { Module } from '@nestjs/common';
import { recordModule } from '@sillage/messaging';
import { opportunity } from './domain/opportunity.js';

/** Owns opportunities: takes the messages that create, change and show them. */
@Module(recordModule(opportunity))
export class OpportunitiesModule {}
