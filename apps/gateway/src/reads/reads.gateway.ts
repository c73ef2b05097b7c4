import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { RecordTypeName, ReportName } from '@sillage/contracts';
import { type CommandContext, fault, isId, notUnderstood, Problem } from '@sillage/kernel';
import { Messages, RecordPattern } from '@sillage/messaging';
import type { Answer, Body, DetailPage, DetailRequest, Parameter } from '@sillage/reporting';
import { ReadPattern } from '@sillage/reporting/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerAtLength, type InTurn } from '../edge/load/taking-turns.js';
import { contextOf, renewed } from '../edge/request-context.js';
import { waitFor } from '../edge/request-headers.js';
import { parametersOf } from '../edge/request-parameters.js';
import { Tenants } from '../edge/tenants.js';
import { readScope } from '../permission/access.js';
import { accessOf } from '../permission/authorization.js';
import { reportFormat } from './report-format.js';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Carries lists and reports from the reporting service, whose answers are bodies already. */
@Injectable()
export class ReadsGateway {
  constructor(
    private readonly messages: Messages,
    private readonly tenants: Tenants,
  ) {}

  list(type: RecordTypeName, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    return this.listOf(type, parametersOf(request), request, reply);
  }

  /** The interactions of a client: a list like any other, newest date first. */
  async interactionsOfClient(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { id } = request.params as { readonly id: string };
    const given = parametersOf(request);
    if (given.some(([name]) => name === 'clientId')) throw notUnderstood(fault('clientId', 'unknown-parameter'));
    await this.refuseUnknownClient(contextOf(request), id);
    const sort: readonly Parameter[] = given.some(([name]) => name === 'sort') ? [] : [['sort', '-date']];
    return this.listOf('interactions', [...given, ...sort, ['clientId', id]], request, reply);
  }

  async report(report: ReportName, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { format, detail, parameters } = reportFormat(parametersOf(request), request.headers.accept);
    const context = contextOf(request);
    await this.tenants.open(context);
    const wait = waitFor(request);
    const payload = {
      ...readScope(accessOf(request), `reports/${report}`),
      tenant: context.tenant,
      report,
      parameters,
      ...(wait === undefined ? {} : { waitFor: wait }),
    };
    if (detail) return this.detail(context, { ...payload, format: format === 'csv' ? 'csv' : 'json-lines' }, reply);
    const answer = await this.messages.ask<Answer>(ReadPattern.report, { context, payload: { ...payload, format } });
    return withAnswer(reply, answer, format === 'csv' ? 'text/csv; charset=utf-8' : JSON_TYPE);
  }

  private async listOf(
    type: RecordTypeName,
    parameters: readonly Parameter[],
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const context = contextOf(request);
    await this.tenants.open(context);
    const wait = waitFor(request);
    const payload = {
      ...readScope(accessOf(request), type),
      tenant: context.tenant,
      type,
      parameters,
      ...(wait === undefined ? {} : { waitFor: wait }),
    };
    return withAnswer(reply, await this.messages.ask<Answer>(ReadPattern.list, { context, payload }), JSON_TYPE);
  }

  /** Asks for the first page before the answer begins, so that a refusal is still a problem with its status. */
  private async detail(context: CommandContext, payload: DetailRequest, reply: FastifyReply): Promise<FastifyReply> {
    const first = await this.messages.ask<DetailPage>(ReadPattern.detail, { context, payload });
    const type = payload.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8';
    return reply
      .header('content-type', type)
      .header('sillage-position', String(first.position))
      .send(Readable.from(this.pages(context, payload, first, answerAtLength(reply))));
  }

  private async *pages(
    context: CommandContext,
    payload: DetailRequest,
    first: DetailPage,
    inTurn: InTurn,
  ): AsyncIterable<Body> {
    yield first.body;
    let { next } = first;
    while (next !== undefined) {
      // A report of any length is sent; each of its pages has the time, and waits for the turn, of one request.
      const after = next;
      const page = await inTurn(() => {
        const message = { context: renewed(context), payload: { ...payload, after } };
        return this.messages.ask<DetailPage>(ReadPattern.detail, message);
      });
      yield page.body;
      next = page.next;
    }
  }

  private async refuseUnknownClient(context: CommandContext, id: string): Promise<void> {
    const payload = { ids: [id] };
    const missing = isId(id)
      ? await this.messages.ask<string[]>(RecordPattern.missing('clients'), { context, payload })
      : [id];
    if (missing.length > 0) throw new Problem('record-not-found');
  }
}

function withAnswer(reply: FastifyReply, { body, position }: Answer, type: string): FastifyReply {
  return reply.header('content-type', type).header('sillage-position', String(position)).send(body);
}
