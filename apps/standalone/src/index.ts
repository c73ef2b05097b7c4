export { RECORD_TYPES } from './record-types.js';
