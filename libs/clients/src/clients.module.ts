import { Module } from '@nestjs/common';
import { recordModule } from '@sillage/messaging';
import { client } from './domain/client.js';

/** Owns clients: takes the messages that create, change and show them. */
@Module(recordModule(client))
export class ClientsModule {}
