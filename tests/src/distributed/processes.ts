import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Api } from '../api.js';
import { temporaryDirectory } from '../server.js';
import { freePort, type Running, spawnProgram, start } from './running.js';

const TOKEN = 'a-token-for-tests-only';

const SERVICES = ['PROSPECTS', 'OPPORTUNITIES', 'ACCOUNTS', 'INTERACTIONS', 'REPORTING'] as const;

/**
 * A gateway and the services that own records, each in a process of its own, over one SQLite store. The service can be
 * killed and started again at the same address.
 */
export class Distributed {
  readonly eventsFile = path.join(temporaryDirectory(), 'events.db');

  private constructor(
    private readonly port: number,
    readonly environment: NodeJS.ProcessEnv,
  ) {}

  static async prepare(environment: NodeJS.ProcessEnv = {}): Promise<Distributed> {
    const key = randomBytes(32).toString('base64');
    return new Distributed(await freePort(), { SILLAGE_MASTER_KEY: key, ...environment });
  }

  startService(): Promise<Running> {
    return start(program('records-on-sqlite.js'), [this.eventsFile], {
      ...this.environment,
      SILLAGE_LISTEN: `127.0.0.1:${this.port}`,
    });
  }

  startGateway(): Promise<Running> {
    const addresses = SERVICES.map((name) => [`SILLAGE_SERVICE_${name}`, `127.0.0.1:${this.port}`]);
    return start(program('gateway-on-sqlite.js'), [this.eventsFile], {
      ...this.environment,
      ...Object.fromEntries(addresses),
      SILLAGE_PORT: '0',
      SILLAGE_INSECURE: 'true',
      SILLAGE_ADMIN_TOKEN: TOKEN,
    });
  }

  /** Starts a gateway that is expected to give up at once. */
  static async fails(
    environment: NodeJS.ProcessEnv,
  ): Promise<{ readonly code: number | null; readonly stderr: string }> {
    const child = spawnProgram(program('gateway-on-sqlite.js'), ['events.db'], environment);
    const logged: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => logged.push(text));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, stderr: logged.join('') };
  }

  static api(gateway: Running): Api {
    return new Api(gateway.address, TOKEN);
  }
}

function program(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
