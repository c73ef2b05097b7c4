import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Address, listening, NestLogger, type Observer } from '@sillage/platform';
import type { Logger } from 'pino';
import { configureEdge, edgeOptions } from './edge/edge.js';
import { AUTHENTICATOR, type Authenticator } from './edge/identity.js';
import { Reach } from './permission/reach.js';

/** Makes the application of a module that holds the gateway, with the edge that every request passes. */
export async function httpApplication(
  module: DynamicModule,
  { logger, observer }: { readonly logger: Logger; readonly observer: Observer },
): Promise<NestFastifyApplication> {
  const options = { logger: new NestLogger(logger), bodyParser: false, abortOnError: false };
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(edgeOptions()), options);
  const authenticator = app.get<Authenticator>(AUTHENTICATOR);
  configureEdge(app.getHttpAdapter().getInstance(), { authenticator, reach: app.get(Reach), observer });
  return app;
}

/** Takes requests from now on; gives the URL. @throws StartupError when the address cannot be listened on. */
export function listen(app: NestFastifyApplication, address: Address): Promise<string> {
  return listening(address, () => app.getHttpAdapter().getInstance().listen(address));
}
