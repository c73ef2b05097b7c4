import { Module } from '@nestjs/common';
import { recordModule } from '@sillage/messaging';
import { interaction } from './domain/interaction.js';

/** Owns interactions: takes the messages that create, change and show them. */
@Module(recordModule(interaction))
export class InteractionsModule {}
