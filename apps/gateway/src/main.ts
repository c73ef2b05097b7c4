import 'reflect-metadata';
import { runProcess } from '@sillage/platform';
import { gateway } from './registration.js';

await runProcess('gateway', gateway());
