import { Inject, Injectable, Optional } from '@nestjs/common';
import { ApiTokenInput, isRole, parseFields } from '@sillage/contracts';
import { type CommandIdentity, derivedId, fingerprint, type JsonObject, newId, Problem } from '@sillage/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyOf } from '../../edge/json-body.js';
import { contextOf } from '../../edge/request-context.js';
import { idempotencyKey } from '../../edge/request-headers.js';
import { flag, knownParameters } from '../../edge/request-parameters.js';
import { API_TOKENS, type ApiTokens, type TokenWish } from './api-tokens.js';

/** Lets administrators create, list and revoke tokens, where there are any: not where an issuer gives them out. */
@Injectable()
export class TokensGateway {
  constructor(@Optional() @Inject(API_TOKENS) private readonly issued: ApiTokens | undefined) {}

  async create(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const tokens = this.requireIssued();
    knownParameters(request);
    const context = contextOf(request);
    const fields = parseFields(ApiTokenInput, bodyOf(request), 'whole');
    const wish = { ...identify(context.tenant, idempotencyKey(request), fields), ...wanted(fields) };
    const { created, position } = await tokens.create(context, wish);
    return reply.code(201).header('sillage-position', String(position)).send(created);
  }

  async list(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const tokens = this.requireIssued();
    const revoked = flag('revoked', knownParameters(request, 'revoked').revoked);
    return reply.send({ items: tokens.all({ revoked }) });
  }

  async revoke(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const tokens = this.requireIssued();
    knownParameters(request);
    const { id } = request.params as { readonly id: string };
    const { position } = await tokens.revoke(contextOf(request), id.toLowerCase());
    return reply.code(204).header('sillage-position', String(position)).send();
  }

  private requireIssued(): ApiTokens {
    if (this.issued === undefined) throw new Problem('tokens-not-issued');
    return this.issued;
  }
}

function identify(tenant: string, key: string | undefined, fields: JsonObject): CommandIdentity {
  if (key === undefined) return { commandId: newId() };
  return { commandId: derivedId('create', tenant, 'tokens', key), fingerprint: fingerprint(fields) };
}

function wanted({ name, roles, expiresAt }: JsonObject): Omit<TokenWish, keyof CommandIdentity> {
  return {
    name: String(name),
    roles: Array.isArray(roles) ? roles.filter(isRole) : [],
    ...(typeof expiresAt === 'string' ? { expiresAt } : {}),
  };
}
