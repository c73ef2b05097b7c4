import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { PersonType } from '@sillage/contracts';
import type { Certificate } from '@sillage/erasure';
import type { CommandContext, HistoryEntry, Written } from '@sillage/kernel';
import { type Concerning, Messages, RecordPattern } from '@sillage/messaging';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyOf, refuseBody } from '../edge/json-body.js';
import { answerAtLength } from '../edge/load/taking-turns.js';
import { recordId } from '../edge/record-id.js';
import { contextOf, renewed } from '../edge/request-context.js';
import { idempotencyKey } from '../edge/request-headers.js';
import { knownParameters } from '../edge/request-parameters.js';
import { Tenants } from '../edge/tenants.js';
import { type PersonalRecord, personalDataText } from './personal-data.js';

/** What persons may ask for: what is kept of them (GDPR, articles 15 and 20), and that it be forgotten (article 17). */
@Injectable()
export class PersonsGateway {
  constructor(
    private readonly messages: Messages,
    private readonly tenants: Tenants,
  ) {}

  async forget(type: PersonType, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    knownParameters(request);
    refuseBody(bodyOf(request));
    // Forgetting is done once anyway; a key that is none is refused as everywhere.
    idempotencyKey(request);
    const message = { context: contextOf(request), payload: { id: recordId(request) } };
    await this.tenants.open(message.context);
    const certificate = await this.messages.ask<Certificate>(RecordPattern.forget(type), message);
    return reply.header('sillage-position', String(certificate.position)).send(certificate);
  }

  /** The person's record is read before the answer begins, so that a refusal is still a problem with its status. */
  async personalData(type: PersonType, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    knownParameters(request);
    const [context, id] = [contextOf(request), recordId(request)];
    await this.tenants.open(context);
    const person = await this.recordOf(context, type, id);
    const concerning = await this.messages.ask<readonly Concerning[]>(RecordPattern.concerning(type), {
      context,
      payload: { id },
    });
    const inTurn = answerAtLength(reply);
    const text = personalDataText({
      type,
      at: new Date().toISOString(),
      person,
      concerning,
      // Data of any length is sent; each part of it has the time of one request.
      read: (interaction) => inTurn(() => this.recordOf(renewed(context), 'interactions', interaction)),
    });
    return reply.header('content-type', 'application/json; charset=utf-8').send(Readable.from(text));
  }

  private async recordOf(context: CommandContext, type: string, id: string): Promise<PersonalRecord> {
    const [{ record }, history] = await Promise.all([
      this.messages.ask<Written>(RecordPattern.get(type), { context, payload: { id, deleted: true } }),
      this.messages.ask<readonly HistoryEntry[]>(RecordPattern.history(type), { context, payload: { id } }),
    ]);
    return { record, history };
  }
}
