import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReadsGateway } from './reads.gateway.js';

@Controller('v1')
export class ReportsController {
  constructor(private readonly reads: ReadsGateway) {}

  @Get('clients/:id/interactions')
  interactionsOfClient(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.reads.interactionsOfClient(request, reply);
  }

  @Get('reports/prospects')
  prospects(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.reads.report('prospects', request, reply);
  }

  @Get('reports/opportunities')
  opportunities(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.reads.report('opportunities', request, reply);
  }

  @Get('reports/accounts')
  accounts(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.reads.report('accounts', request, reply);
  }
}
