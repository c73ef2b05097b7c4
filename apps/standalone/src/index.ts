export { openDataDirectory } from './data/data-directory.js';
export { dataMasterKeys, masterKeysIn } from './data/master-key.js';
export { openForRestore, type RestoringDirectory } from './data/restoring-directory.js';
