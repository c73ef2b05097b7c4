export { openDataDirectory } from './data/data-directory.js';
