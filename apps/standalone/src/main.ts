import 'reflect-metadata';
import { runProcess } from '@sillage/platform';
import { startStandalone } from './start.js';

await runProcess('standalone', (host) => startStandalone(host));
