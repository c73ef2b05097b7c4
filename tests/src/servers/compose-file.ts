import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** As far as a container of the tests is made by it. */
export interface ComposeServer {
  readonly image: string;
  readonly platform?: string;
  readonly environment?: { readonly [name: string]: string };
}

export type ComposeServerName = 'eventstoredb' | 'kafka' | 'mongodb';

const FILE = new URL('../../../deploy/compose/servers.yml', import.meta.url);

/** How Docker Compose runs a server: the one place that names images and their versions. */
export function composeServer(name: ComposeServerName): ComposeServer {
  const { services } = parse(readFileSync(FILE, 'utf8')) as {
    services: { [Name in ComposeServerName]: ComposeServer };
  };
  return services[name];
}
