import { type SillageServer, startSillageServer } from '../contenders/sillage-server.js';
import { inProject } from '../processes/project.js';
import { runToEnd } from '../processes/run-to-end.js';
import type { Workspace } from '../processes/workspace.js';
import { type ImportSource, importSources } from './sources.js';

/** One run of the command line. */
export interface ImportRun {
  readonly what: string;
  readonly records: number;
  /** Of the command's process, from its start to its end. */
  readonly seconds: number;
  readonly faults: readonly string[];
}

/** A running Sillage with both data sets in it, its views caught up. */
export interface Imported {
  readonly sillage: SillageServer;
  readonly runs: readonly ImportRun[];
}

/** Imports one data set after the other into an empty Sillage. */
export async function importAll(workspace: Workspace, say: (line: string) => void): Promise<Imported> {
  const sillage = await startSillageServer(workspace, { dataDirectory: workspace.newFolder('imported') });
  const folder = workspace.newFolder('refused');
  const runs: ImportRun[] = [];
  for (const source of importSources(process.env)) {
    say(`importing ${source.what}`);
    runs.push(await runImport(source, sillage.dataDirectory, folder));
  }
  await untilViewsCaughtUp(sillage);
  return { sillage, runs };
}

async function runImport({ what, args }: ImportSource, dataDirectory: string, folder: string): Promise<ImportRun> {
  const command = [inProject('apps/cli/dist/main.js'), ...args];
  const { code, stdout, stderr, seconds } = await runToEnd({
    command,
    folder,
    environment: { SILLAGE_DATA_DIR: dataDirectory },
  });
  const rows = /^([\d,]+) rows in /m.exec(stdout)?.[1]?.replaceAll(',', '');
  if (rows === undefined) throw new Error(`the import of ${what} failed: ${stderr}`);
  const faults = code === 0 ? [] : [stderr.trim().split('\n').at(-1) ?? `exit code ${code}`];
  return { what, records: Number(rows), seconds, faults };
}

/** A read that waits for the position of a write made now has seen everything before it. */
async function untilViewsCaughtUp({ server, token }: SillageServer): Promise<void> {
  const url = `${server.origin}/v1/accounts`;
  const headers = { authorization: `Bearer ${token}` };
  const written = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'The last write' }),
  });
  const position = written.headers.get('sillage-position');
  if (position === null) throw new Error(`no position: ${await written.text()}`);
  for (;;) {
    const answer = await fetch(`${url}?limit=1`, { headers: { ...headers, 'sillage-wait-for': position } });
    await answer.arrayBuffer();
    if (answer.ok) return;
    if (answer.status !== 503) throw new Error(`waiting for the views: status ${answer.status}`);
  }
}
