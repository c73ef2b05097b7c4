import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EventsGateway } from './events.gateway.js';

@Controller('v1/events')
export class EventsController {
  constructor(private readonly gateway: EventsGateway) {}

  @Get()
  events(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.gateway.events(request, reply);
  }
}
