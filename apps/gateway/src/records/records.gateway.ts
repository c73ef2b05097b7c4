import { Injectable } from '@nestjs/common';
import { hiddenFrom, type RecordTypeName } from '@sillage/contracts';
import { type HistoryEntry, Problem, type Written } from '@sillage/kernel';
import { Messages, RecordPattern, type RequestedOperation } from '@sillage/messaging';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyOf } from '../edge/json-body.js';
import { recordId } from '../edge/record-id.js';
import { contextOf } from '../edge/request-context.js';
import { expectedRevision, idempotencyKey } from '../edge/request-headers.js';
import { flag, knownParameters } from '../edge/request-parameters.js';
import { Tenants } from '../edge/tenants.js';
import { accessOf } from '../permission/authorization.js';
import { visibleHistory, visibleProblem, visibleRecord } from '../permission/hiding.js';
import { type CommandRequest, changeCommand, createCommand, deleteCommand, restoreCommand } from './commands.js';

/** Carries requests on single records to the owning service, and its answers back. */
@Injectable()
export class RecordsGateway {
  constructor(
    private readonly messages: Messages,
    private readonly tenants: Tenants,
  ) {}

  async create(type: RecordTypeName, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    knownParameters(request);
    const operation = createCommand(commandRequest(type, request), bodyOf(request));
    const written = await this.carryOut(type, request, operation);
    return withRecord(reply.code(201).header('location', `/v1/${type}/${written.record.id}`), written);
  }

  async get(type: RecordTypeName, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const deleted = flag('deleted', knownParameters(request, 'deleted').deleted);
    const message = { context: contextOf(request), payload: { id: recordId(request), deleted } };
    await this.tenants.open(message.context);
    return withRecord(
      reply,
      visible(type, request, await this.messages.ask<Written>(RecordPattern.get(type), message)),
    );
  }

  async change(type: RecordTypeName, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    knownParameters(request);
    const id = recordId(request);
    const operation = changeCommand(commandRequest(type, request), id, expectedRevision(request), bodyOf(request));
    return withRecord(reply, await this.carryOut(type, request, operation));
  }

  async delete(type: RecordTypeName, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    knownParameters(request);
    const operation = deleteCommand(commandRequest(type, request), recordId(request), expectedRevision(request));
    const { position } = await this.carryOut(type, request, operation);
    return reply.code(204).header('sillage-position', String(position)).send();
  }

  async restore(type: RecordTypeName, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    knownParameters(request);
    const operation = restoreCommand(commandRequest(type, request), recordId(request), bodyOf(request));
    return withRecord(reply.code(200), await this.carryOut(type, request, operation));
  }

  async history(type: RecordTypeName, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    knownParameters(request);
    const message = { context: contextOf(request), payload: { id: recordId(request) } };
    await this.tenants.open(message.context);
    const items = await this.messages.ask<readonly HistoryEntry[]>(RecordPattern.history(type), message);
    return reply.send({ items: visibleHistory(items, hiddenIn(type, request)) });
  }

  private async carryOut(
    type: RecordTypeName,
    request: FastifyRequest,
    operation: RequestedOperation,
  ): Promise<Written> {
    const context = contextOf(request);
    await this.tenants.open(context);
    const message = { context, payload: operation.command };
    try {
      return visible(type, request, await this.messages.ask<Written>(RecordPattern[operation.op](type), message));
    } catch (error) {
      throw error instanceof Problem ? visibleProblem(error, hiddenIn(type, request)) : error;
    }
  }
}

function commandRequest(type: RecordTypeName, request: FastifyRequest): CommandRequest {
  return {
    access: accessOf(request),
    tenant: contextOf(request).tenant,
    type,
    key: idempotencyKey(request),
  };
}

function hiddenIn(type: RecordTypeName, request: FastifyRequest): readonly string[] {
  return hiddenFrom(accessOf(request).role, type);
}

function visible(type: RecordTypeName, request: FastifyRequest, written: Written): Written {
  return { ...written, record: visibleRecord(written.record, hiddenIn(type, request)) };
}

function withRecord(reply: FastifyReply, { record, revision, position }: Written): FastifyReply {
  return reply.header('etag', `"${revision}"`).header('sillage-position', String(position)).send(record);
}
