import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';

const ROOT = new URL('../../../', import.meta.url);

export const RENDERER_MISSING = 'neither kubectl nor kustomize is installed';

/** As far as the specs look into it. */
export interface Container {
  readonly name: string;
  readonly args: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[];
  readonly envFrom?: readonly { readonly configMapRef: { readonly name: string } }[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly resources: { readonly requests: object; readonly limits: object };
  readonly securityContext: object;
  readonly [probe: `${string}Probe`]: { readonly httpGet: { readonly path: string; readonly port: string } };
}

export interface Pod {
  readonly metadata: { readonly labels: Labels };
  readonly spec: { readonly containers: readonly Container[]; readonly securityContext: object };
}

export interface Labels {
  readonly [name: string]: string;
}

export interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: { readonly [name: string]: string };
  // biome-ignore lint/suspicious/noExplicitAny: each kind has a form of its own
  readonly spec: any;
}

/** The objects of an overlay as a cluster would be given them; undefined where nothing can render them. */
export function overlay(name: string): readonly Manifest[] | undefined {
  const folder = fileURLToPath(new URL(`deploy/kubernetes/overlays/${name}`, ROOT));
  for (const [command, ...args] of [
    ['kubectl', 'kustomize'],
    ['kustomize', 'build'],
  ] as const) {
    const { error, status, stdout, stderr } = spawnSync(command, [...args, folder], { encoding: 'utf8' });
    if (error !== undefined) continue;
    if (status !== 0) throw new Error(stderr);
    return parseAllDocuments(stdout).map((document) => document.toJS());
  }
  return undefined;
}

/** A YAML file of the repository, with its merge keys resolved. */
export function yamlFile(path: string) {
  return parse(readFileSync(new URL(path, ROOT), 'utf8'), { merge: true });
}
