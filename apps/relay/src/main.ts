import 'reflect-metadata';
import { runProcess } from '@sillage/platform';
import { relayProcess } from './registration.js';

await runProcess('relay', relayProcess());
