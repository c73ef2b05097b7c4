export { RECORD_TYPES } from '@sillage/record-types';
export { openDataDirectory } from './data/data-directory.js';
