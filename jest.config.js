// Jest runs what the compiler wrote, as ES modules and untransformed, so that a test, the worker threads and the
// child processes it starts all run exactly what ships. (Stack traces still name TypeScript lines: Jest follows the
// source maps beside the output.) `npm test` builds first.
import { availableParallelism } from 'node:os';

/** @type {import('jest').Config} */
export default {
  roots: ['<rootDir>/libs', '<rootDir>/apps', '<rootDir>/tests'],
  testMatch: ['**/dist/**/*.spec.js'],
  transform: {},
  testEnvironment: 'node',
  // The servers that specs share, each started when one first asks for it.
  globalSetup: '<rootDir>/tests/dist/servers/global-setup.js',
  globalTeardown: '<rootDir>/tests/dist/servers/global-teardown.js',
  testTimeout: 20_000,
  // Two on a machine of two cores (where Jest's own choice would be one), half of the cores on a larger one.
  maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)),
  // ES modules stay in a worker's memory after their test file: a worker that has grown is replaced.
  workerIdleMemoryLimit: '768MB',
  // Files are found by a crawl; the watchman daemon is nobody's requirement.
  watchman: false,
  reporters: ['default', '<rootDir>/scripts/jest/count-reporter.js'],
};
