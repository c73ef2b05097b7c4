export type { Faults } from './server/faults.js';
export { TestServer, type TestServerOptions } from './server/test-server.js';
export { type ServerUnderTest, startServerUnderTest, startTestServer } from './server-under-test.js';
