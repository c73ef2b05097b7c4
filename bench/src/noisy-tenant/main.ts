import 'reflect-metadata';
import type { Role } from '@sillage/contracts';
import { runProcess } from '@sillage/platform';
import { startStandalone } from '@sillage/standalone/start';

/*
 * The embedded profile, in which all share one thread, but with as many tenants as there are tokens: a token is the name
 * of its tenant.
 */
const roles: readonly Role[] = ['administrator'];

await runProcess('standalone', (host) =>
  startStandalone(host, (adapters) => ({
    ...adapters,
    authenticator: { authenticate: async (tenant) => ({ tenant, actor: 'bench', roles }) },
  })),
);
