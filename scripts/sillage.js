#!/usr/bin/env node
// The `sillage` executable of package.json's `bin`: the same as `npm run sillage -- <args>`.
process.argv.splice(2, 0, 'sillage');
await import('./run.js');
