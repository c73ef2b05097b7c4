export { RECORD_TYPES } from '@sillage/record-types';
