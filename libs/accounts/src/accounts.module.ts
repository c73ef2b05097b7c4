import { Module } from '@nestjs/common';
import { recordModule } from '@sillage/messaging';
import { account } from './domain/account.js';

/** Owns accounts: takes the messages that create, change and show them. */
@Module(recordModule(account))
export class AccountsModule {}
