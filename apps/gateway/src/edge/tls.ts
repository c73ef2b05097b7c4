import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { createSecureContext, type SecureContextOptions, Server } from 'node:tls';
import { type PublicTls, StartupError } from '@sillage/platform';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

/** Certificate and key as files, which whoever renews them replaces. */
export type TlsFiles = Extract<PublicTls, { by: 'the gateway' }>;

/** Milliseconds between two looks at the files. Looks, not notices: a mounted secret is a link that is turned. */
const LOOK_AT_FILES = 5_000;

/**
 * What TLS is spoken with: version 1.2 or later, with the ciphers that Node deems safe.
 * @throws StartupError when a file cannot be read, or the two do not belong together.
 */
export function secureOptions({ certificate, key }: TlsFiles): SecureContextOptions {
  try {
    const options = { cert: readFileSync(certificate), key: readFileSync(key), minVersion: 'TLSv1.2' } as const;
    createSecureContext(options);
    return options;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartupError(`SILLAGE_TLS_CERT and SILLAGE_TLS_KEY cannot be used: ${reason}`, { cause: error });
  }
}

/** Takes a renewed certificate for the connections to come. One that cannot be used is told of, and the old one kept. */
export function renewCertificate(fastify: FastifyInstance, files: TlsFiles, logger: Logger): void {
  const server: unknown = fastify.server;
  if (!(server instanceof Server)) throw new Error('a server without TLS has no certificate');
  const renew = (): void => {
    try {
      server.setSecureContext(secureOptions(files));
      logger.info('the certificate was renewed');
    } catch (error) {
      logger.error(
        { reason: error instanceof Error ? error.message : String(error) },
        'the certificate stays the old one',
      );
    }
  };
  for (const file of [files.certificate, files.key])
    watchFile(file, { interval: LOOK_AT_FILES, persistent: false }, renew);
  fastify.addHook('onClose', async () => {
    for (const file of [files.certificate, files.key]) unwatchFile(file, renew);
  });
}
