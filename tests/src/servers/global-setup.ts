export { openServers as default } from './run.js';
