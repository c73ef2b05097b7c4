export * from './event-store.registration.js';
export * from './messages.registration.js';
export * from './records.registration.js';
export * from './sealed-store.registration.js';
