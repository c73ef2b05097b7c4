import { Module } from '@nestjs/common';
import { recordModule } from '@sillage/messaging';
import { prospect } from './domain/prospect.js';

/** Owns prospects: takes the messages that create, change and show them. */
@Module(recordModule(prospect))
export class ProspectsModule {}
