import { describe } from '@jest/globals';
import type { StartSillage } from '../running-sillage.js';
import { badInputSuite } from './bad-input-suite.js';
import { erasureSuite } from './erasure-suite.js';
import { eventsSuite } from './events-suite.js';
import { listsSuite } from './lists-suite.js';
import { rawRequestsSuite } from './raw-requests-suite.js';
import { recordsSuite } from './records-suite.js';
import { reportsSuite } from './reports-suite.js';

/** What a front-end can rely on, in every profile. */
export function acceptanceSuites(start: StartSillage): void {
  describe('records', () => recordsSuite(start));
  describe('lists', () => listsSuite(start));
  describe('reports', () => reportsSuite(start));
  describe('events', () => eventsSuite(start));
  describe('erasure', () => erasureSuite(start));
  describe('bad input', () => badInputSuite(start));
  describe('raw requests', () => rawRequestsSuite(start));
}
