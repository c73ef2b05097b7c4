export * from './access/one-token.js';
export * from './edge/edge.js';
export * from './edge/identity.js';
export { serveMetrics } from './edge/observing.js';
export { Tenants } from './edge/tenants.js';
export { EVENT_LOG } from './events/events.gateway.js';
export * from './gateway.module.js';
export { READINESS, type Readiness } from './health/health.controller.js';
export * from './http-application.js';
