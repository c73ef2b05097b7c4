export * from './events.js';
export * from './team.js';
export * from './user.js';
