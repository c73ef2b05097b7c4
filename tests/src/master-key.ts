/** The master key of all tests, in base64. */
export const MASTER_KEY = Buffer.alloc(32, 'tests').toString('base64');
