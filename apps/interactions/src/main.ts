import 'reflect-metadata';
import { runProcess } from '@sillage/platform';
import { recordService } from '@sillage/service';
import { service } from './service.js';

await runProcess('interactions', recordService(service));
