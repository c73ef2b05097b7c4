export { openDataDirectory } from './data/data-directory.js';
export { openForRestore, type RestoringDirectory } from './data/restoring-directory.js';
