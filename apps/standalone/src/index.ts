export { openDataDirectory } from './data/data-directory.js';
export { RECORD_TYPES } from './record-types.js';
