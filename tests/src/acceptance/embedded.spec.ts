import { describe } from '@jest/globals';
import { Server } from '../server.js';
import { acceptanceSuites } from './suites.js';

describe('the embedded profile', () => acceptanceSuites(() => Server.start()));
