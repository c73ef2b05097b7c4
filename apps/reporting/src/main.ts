import 'reflect-metadata';
import { runProcess } from '@sillage/platform';
import { reportingProcess } from './registration.js';

await runProcess('reporting', reportingProcess());
