import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import Provider, { type Configuration } from 'oidc-provider';

/** The resource that the tokens are for, as RFC 8707 names one. */
export const RESOURCE = 'urn:sillage';

/** Seconds from a token's issue to its expiry. */
export const LIFETIME = 3_600;

/** What the issuer says of each of its clients, which are other systems with a secret of their own. */
export interface IssuedClient {
  readonly id: string;
  readonly tenant: string;
  readonly roles: readonly string[];
}

/**
 * A certified OpenID Connect issuer, `oidc-provider`, which gives JWT access tokens (RFC 9068) by client credentials
 * (RFC 6749, section 4.4). Its keys can be changed while it runs.
 */
export class RealIssuer {
  /** How often somebody has fetched its keys. */
  keysFetched = 0;
  private provider: Provider | undefined;
  private keys: readonly JWK[] = [];

  private constructor(
    readonly url: string,
    private readonly server: Server,
    private readonly clients: readonly IssuedClient[],
  ) {}

  static async start(...clients: readonly IssuedClient[]): Promise<RealIssuer> {
    const server = createServer((request, response) => {
      if (request.url === '/jwks') issuer.keysFetched += 1;
      void issuer.provider?.callback()(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const issuer = new RealIssuer(`http://127.0.0.1:${port}`, server, clients);
    await issuer.addKey('first');
    return issuer;
  }

  /** Signs with a new key from now on; those before it are still published. */
  async addKey(kid: string): Promise<void> {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    this.publish([{ ...(await exportJWK(privateKey)), kid, use: 'sig', alg: 'RS256' }, ...this.keys]);
  }

  /** Publishes a key no more. */
  withdrawKey(kid: string): void {
    this.publish(this.keys.filter((key) => key.kid !== kid));
  }

  /** An access token for a resource, asked for as another system asks. */
  async tokenOf(clientId: string, resource: string = RESOURCE): Promise<string> {
    const response = await fetch(`${this.url}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${clientId}:${secretOf(clientId)}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource }),
    });
    const answer = (await response.json()) as { readonly access_token?: string };
    if (answer.access_token === undefined) throw new Error(`the issuer answered ${JSON.stringify(answer)}`);
    return answer.access_token;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private publish(keys: readonly JWK[]): void {
    this.keys = keys;
    this.provider = new Provider(this.url, this.configuration());
  }

  private configuration(): Configuration {
    return {
      jwks: { keys: this.keys.map((key) => ({ ...key, kty: 'RSA' as const })) },
      clients: this.clients.map(({ id }) => ({
        client_id: id,
        client_secret: secretOf(id),
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
      })),
      features: {
        devInteractions: { enabled: false },
        clientCredentials: { enabled: true },
        resourceIndicators: {
          enabled: true,
          getResourceServerInfo: (_context, resource) => ({
            scope: '',
            audience: resource,
            accessTokenTTL: LIFETIME,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'RS256' } },
          }),
        },
      },
      extraTokenClaims: (_context, { clientId }) => {
        const client = this.clients.find(({ id }) => id === clientId);
        return client && { tenant: client.tenant, roles: [...client.roles] };
      },
    };
  }
}

function secretOf(clientId: string): string {
  return `secret of ${clientId}`;
}
