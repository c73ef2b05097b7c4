import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FileTokenUses } from './token-uses.js';

const NOON = Date.parse('2026-03-02T12:00:00Z');

let folder: string;
let file: string;
let warnings: unknown[];
const logger = { warn: (...said: unknown[]) => void warnings.push(said) };

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sillage-token-uses-'));
  [file, warnings] = [path.join(folder, 'token-uses.json'), []];
});
afterEach(() => {
  jest.useRealTimers();
  rmSync(folder, { recursive: true });
});

const open = () => new FileTokenUses(file, logger);

describe('the uses of tokens', () => {
  it('are kept to the minute, over a restart', async () => {
    const uses = open();
    uses.note('one', NOON + 59_999);
    uses.note('other', NOON + 60_000);
    await uses.close();
    const again = open();
    expect(again.lastUse('one')).toBe('2026-03-02T12:00:00.000Z');
    expect(again.lastUse('other')).toBe('2026-03-02T12:01:00.000Z');
    expect(again.lastUse('never')).toBeUndefined();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(warnings).toEqual([]);
  });

  it('are written once a minute, however many there are', () => {
    jest.useFakeTimers();
    const uses = open();
    for (let use = 0; use < 1_000; use += 1) uses.note(`token-${use % 10}`, NOON + use);
    expect(jest.getTimerCount()).toBe(1);
    expect(() => readFileSync(file)).toThrow('ENOENT');
  });

  it('begin anew when the file is no good, and say so', async () => {
    for (const text of ['', '{"one":', '[]', '{"one": "yesterday", "other": {}}']) {
      writeFileSync(file, text);
      expect(open().lastUse('one')).toBeUndefined();
    }
    expect(warnings).toHaveLength(2);
  });

  it('do not fail a request when they cannot be written', async () => {
    const uses = new FileTokenUses(path.join(folder, 'nowhere', 'file'), logger);
    uses.note('one', NOON);
    await uses.close();
    expect(warnings).toHaveLength(1);
    expect(uses.lastUse('one')).toBeDefined();
  });
});
