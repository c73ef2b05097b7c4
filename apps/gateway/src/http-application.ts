import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Address, listening, NestLogger } from '@sillage/platform';
import type { Logger } from 'pino';
import { configureEdge, type EdgeParts, edgeOptions } from './edge/edge.js';
import { AUTHENTICATOR, type Authenticator } from './edge/identity.js';
import { renewCertificate } from './edge/tls.js';
import { Reach } from './permission/reach.js';

/** What a process gives to the application beside its module. */
export interface HttpParts extends Omit<EdgeParts, 'authenticator' | 'reach'> {
  readonly logger: Logger;
}

/**
 * Makes the application of a module that holds the gateway, with the edge that every request passes.
 * @throws StartupError when it is to speak TLS, and cannot.
 */
export async function httpApplication(
  module: DynamicModule,
  { logger, ...parts }: HttpParts,
): Promise<NestFastifyApplication> {
  const options = { logger: new NestLogger(logger), bodyParser: false, abortOnError: false };
  const adapter = new FastifyAdapter(edgeOptions(parts.tls));
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, options);
  const fastify = app.getHttpAdapter().getInstance();
  configureEdge(fastify, {
    ...parts,
    authenticator: app.get<Authenticator>(AUTHENTICATOR),
    reach: app.get(Reach),
  });
  if (parts.tls.by === 'the gateway') renewCertificate(fastify, parts.tls, logger);
  return app;
}

/** Takes requests from now on; gives the URL. @throws StartupError when the address cannot be listened on. */
export function listen(app: NestFastifyApplication, address: Address): Promise<string> {
  return listening(address, () => app.getHttpAdapter().getInstance().listen(address));
}
