import { describe, expect, it } from '@jest/globals';
import { notRun } from '@sillage/kernel/testing';
import { VARIABLES } from '@sillage/platform';
import { type Labels, type Manifest, overlay, type Pod, RENDERER_MISSING } from './manifests.js';
import { PROCESSES, SERVICES } from './processes.js';

const objects = overlay('example');

function ofKind(kind: string): readonly Manifest[] {
  return objects?.filter((object) => object.kind === kind) ?? [];
}

function named(kind: string, name: string): Manifest {
  const found = ofKind(kind).find(({ metadata }) => metadata.name === name);
  if (found === undefined) throw new Error(`there is no ${kind} ${name}`);
  return found;
}

function podOf(process: string): Pod {
  return named('Deployment', process).spec.template;
}

function selects(selector: Labels, pod: Pod): boolean {
  return Object.entries(selector).every(([name, value]) => pod.metadata.labels[name] === value);
}

/** The processes whose pods a selector selects. */
function selectedBy(selector: Labels): readonly string[] {
  return PROCESSES.filter((process) => selects(selector, podOf(process)));
}

if (objects === undefined) notRun('on Kubernetes', RENDERER_MISSING);
else describe('on Kubernetes', specification);

function specification(): void {
  it('every process is deployed, and nothing else', () => {
    const deployed = ofKind('Deployment').map(({ metadata }) => metadata.name);
    expect(deployed.toSorted()).toEqual(PROCESSES.toSorted());
  });

  it.each(PROCESSES)('%s runs as nobody in particular, without rights, and within bounds', (process) => {
    const { spec } = podOf(process);
    const [container, ...others] = spec.containers;
    expect(others).toEqual([]);
    expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(container).toMatchObject({
      args: [`apps/${process}/dist/main.js`],
      resources: {
        requests: { cpu: expect.any(String), memory: expect.any(String) },
        limits: { memory: expect.any(String) },
      },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
    });
  });

  it.each(PROCESSES)('%s is watched on its management port, whether it lives and whether it is ready', (process) => {
    const [container] = podOf(process).spec.containers;
    expect(container).toMatchObject({
      startupProbe: { httpGet: { path: '/health/live', port: 'management' } },
      livenessProbe: { httpGet: { path: '/health/live', port: 'management' } },
      readinessProbe: { httpGet: { path: '/health/ready', port: 'management' } },
    });
    const port = container?.ports?.find(({ name }) => name === 'management')?.containerPort;
    expect(String(port)).toBe(configuration().SILLAGE_MANAGEMENT_PORT);
  });

  it.each(PROCESSES)('%s has a budget of disruptions of its own', (process) => {
    const own = ofKind('PodDisruptionBudget').filter(({ spec }) => selects(spec.selector.matchLabels, podOf(process)));
    expect(own.map(({ metadata }) => metadata.name)).toEqual([process]);
    expect(selectedBy(own[0]?.spec.selector.matchLabels)).toEqual([process]);
  });

  it.each(PROCESSES)('%s is told by variables that it knows, and its secrets by reference', (process) => {
    const env = podOf(process).spec.containers.flatMap((container) => container.env ?? []);
    const names = [...Object.keys(configuration()), ...env.map(({ name }) => name)];
    expect(names.filter((name) => !Object.hasOwn(VARIABLES, name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    const servers = env.filter(({ name }) => ['EVENTSTOREDB_URL', 'KAFKA_BROKERS', 'MONGODB_URI'].includes(name));
    expect(servers.map(({ name, value, valueFrom }) => [name, value, valueFrom])).toEqual(
      servers.map(({ name }) => [name, undefined, { secretKeyRef: { name: 'sillage-servers', key: name } }]),
    );
    const keys = { secretKeyRef: { name: 'sillage-keys', key: 'SILLAGE_MASTER_KEY' } };
    expect(env).toContainEqual({ name: 'SILLAGE_MASTER_KEY', valueFrom: keys });
    expect(names).toEqual(expect.arrayContaining(['EVENTSTOREDB_URL', 'MONGODB_URI']));
    expect(names).not.toContain('SILLAGE_INSECURE');
  });

  it.each(PROCESSES.filter((process) => process !== 'relay'))('%s grows with its load, from two on', (process) => {
    const { spec } = named('HorizontalPodAutoscaler', process);
    expect(spec).toMatchObject({ scaleTargetRef: { kind: 'Deployment', name: process }, minReplicas: 2 });
    expect(named('Deployment', process).spec.replicas).toBeUndefined();
  });

  it('the relay is two: one active, one standing by', () => {
    expect(named('Deployment', 'relay').spec.replicas).toBe(2);
  });

  it.each(SERVICES)('%s is found where others look for it, at the addresses of its replicas', (service) => {
    const { spec } = named('Service', service);
    expect(spec).toMatchObject({ clusterIP: 'None', ports: [{ name: 'messages', targetPort: 'messages' }] });
    expect(selectedBy(spec.selector)).toEqual([service]);
    const [container] = podOf(service).spec.containers;
    const port = container?.ports?.find(({ name }) => name === 'messages')?.containerPort;
    expect(configuration()[`SILLAGE_SERVICE_${service.toUpperCase()}`]).toBe(`${service}:${port}`);
    expect(container?.env).toContainEqual({ name: 'SILLAGE_LISTEN', value: `0.0.0.0:${port}` });
  });

  it('what is set up first is done by commands', () => {
    const { containers } = named('Job', 'set-up').spec.template.spec as Pod['spec'];
    expect(containers.map(({ args }) => args)).toEqual([
      ['apps/cli/dist/main.js', 'topics'],
      ['apps/cli/dist/main.js', 'indexes'],
    ]);
  });

  it('nobody speaks with anybody but by a rule', () => {
    const { spec } = named('NetworkPolicy', 'nothing-else');
    expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
    expect([spec.ingress, spec.egress]).toEqual([undefined, undefined]);
    expect(selectedBy(spec.podSelector.matchLabels)).toEqual(PROCESSES);
  });
}

/** What every process is told by the generated map, under the name that pods refer to. */
function configuration(): { readonly [name: string]: string } {
  const [map, ...others] = ofKind('ConfigMap');
  expect(others).toEqual([]);
  for (const process of PROCESSES) {
    const [container] = podOf(process).spec.containers;
    expect(container?.envFrom).toEqual([{ configMapRef: { name: map?.metadata.name } }]);
  }
  return map?.data ?? {};
}
