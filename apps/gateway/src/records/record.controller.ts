import { Controller, Delete, Get, Patch, Post, Req, Res, type Type } from '@nestjs/common';
import type { RecordTypeName } from '@sillage/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReadsGateway } from '../reads/reads.gateway.js';
import { BatchGateway } from './batch.gateway.js';
import { RecordsGateway } from './records.gateway.js';

/** The routes of one record type. */
export function recordController(type: RecordTypeName): Type {
  @Controller(`v1/${type}`)
  class RecordController {
    constructor(
      private readonly records: RecordsGateway,
      private readonly batches: BatchGateway,
      private readonly reads: ReadsGateway,
    ) {}

    @Post()
    create(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
      return this.records.create(type, request, reply);
    }

    @Get()
    list(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
      return this.reads.list(type, request, reply);
    }

    @Post('batch')
    batch(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
      return this.batches.createMany(type, request, reply);
    }

    @Get(':id')
    get(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
      return this.records.get(type, request, reply);
    }

    @Patch(':id')
    change(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
      return this.records.change(type, request, reply);
    }

    @Delete(':id')
    delete(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
      return this.records.delete(type, request, reply);
    }

    @Post(':id/restore')
    restore(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
      return this.records.restore(type, request, reply);
    }

    @Get(':id/history')
    history(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
      return this.records.history(type, request, reply);
    }
  }

  return RecordController;
}
