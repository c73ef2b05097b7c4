import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Api } from '../api.js';
import { end, freePort, type Running, start } from '../distributed/running.js';
import { AUDIENCE, type Holder, TokenIssuer } from '../distributed/token-issuer.js';
import { temporaryDirectory } from '../server.js';

const SERVICES = ['PROSPECTS', 'OPPORTUNITIES', 'ACCOUNTS', 'INTERACTIONS', 'REPORTING'] as const;

/** A gateway that takes the tokens of an issuer, with all services behind it: for people of any tenant and role. */
export class SillageForPeople {
  private constructor(
    private readonly issuer: TokenIssuer,
    private readonly directory: string,
    private readonly services: Running,
    private readonly gateway: Running,
  ) {}

  static async start(): Promise<SillageForPeople> {
    const [issuer, directory, port] = [await TokenIssuer.start(), temporaryDirectory(), await freePort()];
    const [eventsFile, views] = [path.join(directory, 'events.db'), path.join(directory, 'views')];
    mkdirSync(views);
    const address = `127.0.0.1:${port}`;
    const keys = { SILLAGE_MASTER_KEY: randomBytes(32).toString('base64') };
    const services = await start(program('services-on-sqlite.js'), [eventsFile, views], {
      ...keys,
      SILLAGE_LISTEN: address,
    });
    const gateway = await start(program('../distributed/gateway-on-sqlite.js'), [eventsFile], {
      ...Object.fromEntries(SERVICES.map((name) => [`SILLAGE_SERVICE_${name}`, address])),
      ...keys,
      SILLAGE_PORT: '0',
      SILLAGE_INSECURE: 'true',
      SILLAGE_OIDC_ISSUER: issuer.url,
      SILLAGE_OIDC_AUDIENCE: AUDIENCE,
    });
    return new SillageForPeople(issuer, directory, services, gateway);
  }

  /** The API as somebody sees it. */
  async as(tenant: string, holder: Holder): Promise<Api> {
    return new Api(this.gateway.address, await this.issuer.tokenFor(tenant, holder));
  }

  /** Where the gateway listens, and a token: for what an `Api` does not do. */
  async connection(tenant: string, holder: Holder): Promise<{ readonly url: string; readonly token: string }> {
    return { url: this.gateway.address, token: await this.issuer.tokenFor(tenant, holder) };
  }

  /** Ends everything behind the gateway. */
  async loseServices(): Promise<void> {
    await end(this.services);
  }

  async stop(): Promise<void> {
    await end(this.gateway);
    await end(this.services);
    this.issuer.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

function program(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
