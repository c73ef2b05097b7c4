export { type CopiedEvents, copySqliteEventStore } from './copy-event-store.js';
export { openSqliteEventLog, SqliteEventLog, type SqliteEventLogOptions } from './sqlite-event-log.js';
export { openSqliteEventStore, type SqliteEventStoreOptions } from './sqlite-event-store.js';
