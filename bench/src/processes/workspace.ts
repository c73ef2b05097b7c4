import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerOptions, ServerProcess } from './server-process.js';

/** What the bench puts on the machine, and takes away again: a temporary folder and server processes. */
export class Workspace {
  private readonly folder = mkdtempSync(join(tmpdir(), 'sillage-bench-'));
  private readonly servers = new Set<ServerProcess>();

  newFolder(name: string): string {
    return mkdtempSync(join(this.folder, `${name}-`));
  }

  async start(options: ServerOptions): Promise<ServerProcess> {
    const server = await ServerProcess.start(options);
    this.servers.add(server);
    return server;
  }

  async stop(server: ServerProcess): Promise<void> {
    await server.stop();
    this.servers.delete(server);
  }

  async close(): Promise<void> {
    await Promise.all([...this.servers].map((server) => this.stop(server)));
    rmSync(this.folder, { recursive: true, force: true });
  }
}
