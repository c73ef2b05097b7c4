import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

/** Whether the process can do its work: what readiness asks. */
export interface Readiness {
  /** What is not ready, by name; empty when everything is. */
  missing(): readonly string[];
}

export const READINESS = Symbol('Readiness');

@Controller('health')
export class HealthController {
  constructor(@Inject(READINESS) private readonly readiness: Readiness) {}

  @Get('live')
  live() {
    return { status: 'ok' };
  }

  @Get('ready')
  ready(@Res() reply: FastifyReply) {
    const missing = this.readiness.missing();
    if (missing.length === 0) return reply.send({ status: 'ok' });
    return reply.code(503).header('retry-after', '1').send({ status: 'not-ready', missing });
  }
}
