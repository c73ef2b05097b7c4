import { Controller, Get, HttpCode, Post, Req, Res, type Type } from '@nestjs/common';
import type { PersonType } from '@sillage/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PersonsGateway } from './persons.gateway.js';

/** The routes about persons of a type, beside those about their records. */
export function personController(type: PersonType): Type {
  @Controller(`v1/${type}/:id`)
  class PersonController {
    constructor(private readonly persons: PersonsGateway) {}

    @Post('forget')
    @HttpCode(200)
    forget(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
      return this.persons.forget(type, request, reply);
    }

    @Get('personal-data')
    personalData(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
      return this.persons.personalData(type, request, reply);
    }
  }

  return PersonController;
}
