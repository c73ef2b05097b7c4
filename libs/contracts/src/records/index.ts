export * from './account.js';
export * from './client.js';
export * from './common.js';
export * from './interaction.js';
export * from './opportunity.js';
export * from './pipeline.js';
export * from './prospect.js';
export * from './record-types.js';
