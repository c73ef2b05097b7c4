import { describe, expect, it } from '@jest/globals';
import { VARIABLES } from '@sillage/platform';
import { yamlFile } from './manifests.js';
import { PROCESSES, SERVICES } from './processes.js';

interface ComposeService {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: { readonly [name: string]: string };
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly ports?: readonly string[];
  readonly depends_on?: { readonly [name: string]: { readonly condition: string } };
}

const servers: { readonly [name: string]: ComposeService } = yamlFile('deploy/compose/servers.yml').services;
const processes: { readonly [name: string]: ComposeService } = yamlFile('deploy/compose/processes.yml').services;
const SET_UP = ['topics', 'indexes'];

describe('by Docker Compose', () => {
  it('every process runs, and what sets up the servers before them', () => {
    expect(Object.keys(processes).toSorted()).toEqual([...PROCESSES, ...SET_UP].toSorted());
    for (const process of PROCESSES) expect(processes[process]?.command).toEqual([`apps/${process}/dist/main.js`]);
    for (const command of SET_UP) expect(processes[command]?.command).toEqual(['apps/cli/dist/main.js', command]);
  });

  it.each(PROCESSES)('%s is told by variables that it knows', (process) => {
    const names = Object.keys(processes[process]?.environment ?? {});
    expect(names.filter((name) => !Object.hasOwn(VARIABLES, name))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(['EVENTSTOREDB_URL', 'SILLAGE_MANAGEMENT_PORT', 'SILLAGE_LISTEN']));
  });

  it.each(PROCESSES)('%s waits for what it needs, and is asked whether it is ready', (process) => {
    const service = processes[process];
    expect(service?.healthcheck?.test).toEqual(['CMD', 'node', 'deploy/image/ready.js']);
    expect(service?.depends_on).toMatchObject({
      eventstoredb: { condition: 'service_healthy' },
      topics: { condition: 'service_completed_successfully' },
      indexes: { condition: 'service_completed_successfully' },
    });
  });

  it.each(SERVICES)('%s is found by its name', (service) => {
    const { environment } = processes.gateway ?? {};
    expect(environment?.[`SILLAGE_SERVICE_${service.toUpperCase()}`]).toBe(`${service}:4000`);
    expect(processes[service]?.environment?.SILLAGE_LISTEN).toBe('0.0.0.0:4000');
  });

  it('every server has a fixed version, is asked whether it is well, and is reached from this machine only', () => {
    expect(Object.keys(servers).toSorted()).toEqual(['eventstoredb', 'kafka', 'mongodb']);
    for (const { image, healthcheck, ports = [] } of Object.values(servers)) {
      expect(image).toMatch(/:\d+\.\d+\.\d+$/);
      expect(healthcheck?.test[0]).toBe('CMD');
      expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    }
    expect(processes.gateway?.ports).toEqual(['127.0.0.1:3000:3000']);
  });

  it('EventStoreDB 24.10 is told options of 24.10 only, since it would not start with others', () => {
    const known = ['EVENTSTORE_INSECURE', 'EVENTSTORE_CLUSTER_SIZE', 'EVENTSTORE_RUN_PROJECTIONS'];
    expect(servers.eventstoredb?.image).toMatch(/:24\.10\.\d+$/);
    expect(Object.keys(servers.eventstoredb?.environment ?? {})).toEqual(known);
  });

  it('no token and no key is anybody’s default', () => {
    for (const process of PROCESSES) {
      expect(processes[process]?.environment?.SILLAGE_MASTER_KEY).toMatch(/^\$\{SILLAGE_MASTER_KEY:\?/);
    }
    expect(processes.gateway?.environment?.SILLAGE_ADMIN_TOKEN).toMatch(/^\$\{SILLAGE_ADMIN_TOKEN:\?/);
  });
});
