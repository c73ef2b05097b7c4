export { openDataDirectory } from './data/data-directory.js';
export { dataMasterKeys, masterKeysIn } from './data/master-key.js';
