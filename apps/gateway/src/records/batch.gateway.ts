import { Injectable } from '@nestjs/common';
import { grantFor, hiddenFrom, type RecordTypeName } from '@sillage/contracts';
import {
  type CommandContext,
  fault,
  type JsonObject,
  Problem,
  receiveProblem,
  type SentProblem,
  sendProblem,
} from '@sillage/kernel';
import { asProblem, Messages, type OperationResult, RecordPattern } from '@sillage/messaging';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { identityOf } from '../edge/authentication.js';
import { bodyOf } from '../edge/json-body.js';
import { contextOf } from '../edge/request-context.js';
import { idempotencyKey } from '../edge/request-headers.js';
import { knownParameters } from '../edge/request-parameters.js';
import { Tenants } from '../edge/tenants.js';
import { accessOf } from '../permission/authorization.js';
import { visibleProblem } from '../permission/hiding.js';
import { languageOf, toProblemJson } from '../problems/index.js';
import { type BatchOperation, type BatchSender, batchList, readItem, readOperation } from './batch-operations.js';

const STATUS = { create: 201, change: 200, delete: 204, restore: 200 } as const;

/** A line of a batch: what is to be done, or why it was not understood. */
type Line = BatchOperation | Problem;

/** What a line led to. */
type Outcome = (OperationResult & { readonly op: keyof typeof STATUS }) | { readonly problem: SentProblem };

/** Carries batches to the owning services, one message a type. Each line stands alone. */
@Injectable()
export class BatchGateway {
  constructor(
    private readonly messages: Messages,
    private readonly tenants: Tenants,
  ) {}

  createMany(type: RecordTypeName, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const sender = senderOf(request);
    const lines = batchList(bodyOf(request), 'items').map((item, index) =>
      readLine(() => readItem(sender, type, item, lineKey(request, index))),
    );
    return this.answer(sender, request, reply, lines);
  }

  mixed(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const sender = senderOf(request);
    const lines = batchList(bodyOf(request), 'operations').map((item, index) =>
      readLine(() => readOperation(sender, item, lineKey(request, index))),
    );
    return this.answer(sender, request, reply, lines);
  }

  private async answer(
    sender: BatchSender,
    request: FastifyRequest,
    reply: FastifyReply,
    lines: readonly Line[],
  ): Promise<FastifyReply> {
    knownParameters(request);
    const context = contextOf(request);
    await this.tenants.open(context);
    const outcomes = await this.carryOut(context, sender, lines);
    if (idempotencyKey(request) !== undefined) refuseReused(outcomes);
    const about = { requestId: request.id, language: languageOf(request.headers['accept-language']) };
    const positions = outcomes.flatMap((outcome) => ('written' in outcome ? [outcome.written.position] : []));
    if (positions.length > 0) reply.header('sillage-position', String(Math.max(...positions)));
    return reply.code(200).send({ results: outcomes.map((outcome) => resultOf(outcome, about)) });
  }

  private async carryOut(
    context: CommandContext,
    { accessTo }: BatchSender,
    lines: readonly Line[],
  ): Promise<readonly Outcome[]> {
    const understood = lines.filter((line): line is BatchOperation => !(line instanceof Problem));
    const outcomes = new Map<Line, Outcome>();
    await Promise.all(
      [...Map.groupBy(understood, ({ type }) => type)].map(async ([type, operations]) => {
        const results = await this.askOf(
          type,
          context,
          operations.map(({ operation }) => operation),
        );
        const hidden = hiddenFrom(accessTo(type).role, type);
        for (const [index, line] of operations.entries()) {
          outcomes.set(line, { op: line.operation.op, ...visible(results[index] as OperationResult, hidden) });
        }
      }),
    );
    return lines.map((line) => outcomes.get(line) ?? { problem: sendProblem(line as Problem) });
  }

  /** A service that fails as a whole fails the lines that were for it. */
  private async askOf(
    type: RecordTypeName,
    context: CommandContext,
    payload: readonly BatchOperation['operation'][],
  ): Promise<readonly OperationResult[]> {
    try {
      return await this.messages.ask(RecordPattern.batch(type), { context, payload });
    } catch (error) {
      return payload.map(() => ({ problem: asProblem(error) }));
    }
  }
}

/** The line of a type in a mixed batch is judged like one in a batch of that type. */
function senderOf(request: FastifyRequest): BatchSender {
  const { tenant, roles } = identityOf(request);
  const { owners } = accessOf(request);
  return {
    tenant,
    accessTo: (type) => {
      const grant = grantFor(roles, `POST /v1/${type}/batch`);
      if (grant === undefined) throw new Problem('not-allowed');
      return { role: grant.role, owners };
    },
  };
}

function visible(result: OperationResult, hidden: readonly string[]): OperationResult {
  if (!('problem' in result)) return result;
  return { problem: sendProblem(visibleProblem(receiveProblem(result.problem), hidden)) };
}

/** A key in the header stands for the lines that have none of their own. */
function lineKey(request: FastifyRequest, index: number): string | undefined {
  const key = idempotencyKey(request);
  return key === undefined ? undefined : `${key}#${index}`;
}

function readLine(read: () => BatchOperation): Line {
  try {
    return read();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

function resultOf(outcome: Outcome, about: Parameters<typeof toProblemJson>[1]): JsonObject {
  if ('written' in outcome) {
    const { record, revision } = outcome.written;
    return { status: STATUS[outcome.op], id: record.id ?? null, revision };
  }
  const { status, body } = toProblemJson(receiveProblem(outcome.problem), about);
  return { status, problem: body };
}

/** The same key in the header with another body: refused as the whole request that it is. */
function refuseReused(outcomes: readonly Outcome[]): void {
  const reused = outcomes.flatMap((outcome, index) =>
    'problem' in outcome && outcome.problem.code === 'idempotency-key-reused' ? [index] : [],
  );
  if (reused.length === 0) return;
  throw new Problem('idempotency-key-reused', { faults: reused.map((index) => fault(`[${index}]`, 'duplicate')) });
}
