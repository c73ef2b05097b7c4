import { Controller, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BatchGateway } from './batch.gateway.js';

@Controller('v1/batch')
export class BatchController {
  constructor(private readonly batches: BatchGateway) {}

  @Post()
  mixed(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.batches.mixed(request, reply);
  }
}
