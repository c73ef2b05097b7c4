// The boundaries that the architecture rests on (docs/architecture.md), checked by `npm run lint` on the sources,
// type-only imports included. Imports point one way:
//
//   apps -> contexts -> ports -> contracts -> kernel          tests, bench: anything
//
// dependency-cruiser reads TypeScript through the JavaScript API of version 6, because version 7 has none; package.json
// has both, see docs/adr/0004-toolchain.md.

const ports = 'libs/(?:event-store|event-feed|view-store|messaging|erasure)';
const contexts = 'libs/(?:prospects|opportunities|pipelines|accounts|clients|interactions|people|reporting)';
const outside = '(?:apps|tests|bench)/';

const adapters = [
  '^libs/event-store/src/(?:sqlite|eventstoredb)(?:/|[.]ts$)',
  '^libs/event-feed/src/(?:in-process|kafka)(?:/|[.]ts$)',
  '^libs/view-store/src/(?:sqlite|mongodb)(?:/|[.]ts$)',
  '^libs/messaging/src/(?:in-process|tcp)(?:/|[.]ts$)',
  '^libs/erasure/src/(?:sqlite|mongodb)(?:/|[.]ts$)',
];
const testing = '^(?:libs|apps)/.+/testing(?:/|[.]ts$)';
const specs = '[.]spec[.]ts$';

/** Matches an npm package whether it is installed or not. */
const packages = (names) => `(?:^|node_modules/)(?:${names})(?:/|$)`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Modules that need each other are one module, or hide a third one.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'kernel-stands-alone',
      severity: 'error',
      from: { path: '^libs/kernel/' },
      to: { path: `^(?:libs/|${outside})`, pathNot: '^libs/kernel/' },
    },
    {
      name: 'contracts-import-kernel-only',
      severity: 'error',
      from: { path: '^libs/contracts/' },
      to: { path: `^(?:libs/|${outside})`, pathNot: '^libs/(?:contracts|kernel)/' },
    },
    {
      name: 'platform-imports-kernel-only',
      severity: 'error',
      from: { path: '^libs/platform/' },
      to: { path: `^(?:libs/|${outside})`, pathNot: '^libs/(?:platform|kernel)/' },
    },
    {
      name: 'platform-is-for-apps',
      comment: 'Configuration, logs and health belong to the process; a context is given what it needs.',
      severity: 'error',
      from: { pathNot: `^(?:libs/(?:platform|service)/|${outside})` },
      to: { path: '^libs/platform/' },
    },
    {
      name: 'service-knows-no-context',
      comment: 'What the processes of all services share, over ports and platform; which contexts they host, apps say.',
      severity: 'error',
      from: { path: '^libs/service/' },
      to: { path: `^(?:${contexts}/|${outside})` },
    },
    {
      name: 'service-is-for-apps',
      severity: 'error',
      from: { pathNot: `^(?:libs/service/|${outside})` },
      to: { path: '^libs/service/' },
    },
    {
      name: 'ports-import-downwards',
      severity: 'error',
      from: { path: `^${ports}/` },
      to: { path: `^(?:libs/|${outside})`, pathNot: `^(?:${ports}|libs/contracts|libs/kernel)/` },
    },
    {
      name: 'contexts-import-downwards',
      severity: 'error',
      from: { path: `^${contexts}/` },
      to: { path: `^(?:libs/|${outside})`, pathNot: `^(?:${contexts}|${ports}|libs/contracts|libs/kernel)/` },
    },
    {
      name: 'contexts-are-strangers',
      comment: 'A context asks another by message, never by import; that holds for its tests too.',
      severity: 'error',
      from: { path: `^(${contexts})/` },
      to: { path: `^${contexts}/`, pathNot: '^$1/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { pathNot: '^(?:tests|bench)/' },
      to: { path: `^(?:tests|bench)/|${specs}` },
    },
    {
      name: 'adapters-are-wired-in-registrations',
      comment: 'Which adapter is used is decided in one file a service: registration.ts (or *.worker.ts on a thread).',
      severity: 'error',
      from: {
        path: '^((?:libs|apps)/[^/]+)/',
        pathNot: ['[/.]registration[.]ts$', '[.]worker[.]ts$', specs],
      },
      to: { path: adapters, pathNot: '^$1/' },
    },
    {
      name: 'ports-do-not-carry-adapters',
      comment: 'What a port exports from its index must not drag in an adapter and its driver.',
      severity: 'error',
      from: { path: `^${ports}/src/index[.]ts$` },
      to: { path: adapters, reachable: true },
    },
    {
      name: 'domain-knows-no-framework',
      severity: 'error',
      from: { path: '^libs/kernel/|/domain/' },
      to: {
        path: [
          packages('@nestjs|fastify|@fastify|kafkajs|mongodb|@eventstore'),
          // How dependency-cruiser names node:sqlite.
          '^(?:node:)?sqlite$',
        ],
      },
    },
    {
      name: 'only-the-gateway-speaks-http',
      severity: 'error',
      from: { pathNot: '^(?:apps/(?:gateway|standalone)|bench/src/floor)/' },
      to: { path: packages('fastify|@fastify|@nestjs/platform-fastify') },
    },
    {
      name: 'testing-helpers-stay-in-tests',
      severity: 'error',
      from: { path: '^(?:libs|apps)/', pathNot: [specs, testing] },
      to: { path: testing },
    },
    {
      name: 'no-development-package-in-production',
      comment: 'What runs outside tests belongs in dependencies.',
      severity: 'error',
      from: { path: '^(?:libs|apps)/', pathNot: [specs, testing] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
    },
    {
      name: 'declared-packages-only',
      comment: 'A package that only happens to be installed, by way of another, can be gone tomorrow.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(?:(?:libs|apps)/[^/]+|tests|bench)/dist/' },
    tsPreCompilationDeps: true,
    // Packages are declared at the root or by the workspace that uses them.
    combinedDependencies: true,
    webpackConfig: { fileName: 'scripts/lint/workspace-sources.js' },
  },
};
