import { Controller, Delete, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TokensGateway } from './tokens.gateway.js';

@Controller('v1/tokens')
export class TokensController {
  constructor(private readonly tokens: TokensGateway) {}

  @Post()
  create(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.tokens.create(request, reply);
  }

  @Get()
  list(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.tokens.list(request, reply);
  }

  @Delete(':id')
  revoke(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.tokens.revoke(request, reply);
  }
}
