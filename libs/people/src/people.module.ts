import { Module } from '@nestjs/common';
import { recordModule } from '@sillage/messaging';
import { team } from './domain/team.js';
import { user } from './domain/user.js';

@Module(recordModule(user))
class UsersModule {}

@Module(recordModule(team))
class TeamsModule {}

/** Owns users and the teams they are in: takes the messages that create, change and show them. */
@Module({ imports: [UsersModule, TeamsModule] })
export class PeopleModule {}
