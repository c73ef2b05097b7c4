export { closeServers as default } from './run.js';
