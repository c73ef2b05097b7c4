import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export const AUDIENCE = 'sillage-tests';

/** Who a token is for. */
export interface Holder {
  readonly subject: string;
  readonly roles: readonly string[];
}

const ADMINISTRATOR: Holder = { subject: 'administrator', roles: ['administrator'] };

/** An OpenID Connect issuer with one key, whose tokens say whatever a test wants. */
export class TokenIssuer {
  private constructor(
    readonly url: string,
    private readonly server: Server,
    private readonly key: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'],
  ) {}

  static async start(): Promise<TokenIssuer> {
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'one', use: 'sig' };
    const server = createServer((request, response) => {
      const issuer = `http://${request.headers.host}`;
      const isDiscovery = request.url === '/.well-known/openid-configuration';
      const body = isDiscovery ? { issuer, jwks_uri: `${issuer}/keys` } : { keys: [jwk] };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return new TokenIssuer(`http://127.0.0.1:${port}`, server, privateKey);
  }

  /** A token for a tenant: of its administrator unless another is named. */
  tokenFor(tenant: string, { subject, roles }: Holder = ADMINISTRATOR): Promise<string> {
    return new SignJWT({ tenant, roles })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(this.url)
      .setAudience(AUDIENCE)
      .setSubject(subject)
      .setExpirationTime('1h')
      .sign(this.key);
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
