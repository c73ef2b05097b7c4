import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { takeBackup } from '../backup/take-backup.js';
import { SILENT } from '../progress/testing/silent.js';
import { type RestoreTarget, restoreBackup } from './restore-backup.js';

const KNOWN = ['events.db', 'format', 'keys.db'];

let root: string;
let folder: string;
let signal: AbortSignal;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'sillage-restore-'));
  folder = join(root, 'backup');
  signal = new AbortController().signal;
  const source = {
    copyEvents: async (part: string) => {
      writeFileSync(join(part, 'events.db'), 'x'.repeat(200_000));
      return { events: 2, head: 7 };
    },
    copyFiles: async (part: string) => writeFileSync(join(part, 'format'), '1\n'),
  };
  await takeBackup({ source, folder, progress: SILENT, signal, now: () => 0 });
});
afterEach(() => rmSync(root, { recursive: true }));

/** Remembers what became of it. */
class Target implements RestoreTarget {
  readonly calls: string[] = [];
  readonly stage = join(root, 'stage');

  open(): RestoreTarget {
    this.calls.push('open');
    mkdirSync(this.stage);
    return this;
  }

  async complete(stage: string): Promise<void> {
    this.calls.push(`complete ${readdirSync(stage).join()}`);
  }

  finish(): void {
    this.calls.push('finish');
  }

  release(): void {
    this.calls.push('release');
  }
}

function restore(target: Target) {
  return restoreBackup({
    folder,
    known: KNOWN,
    target: () => target.open(),
    complete: (stage) => target.complete(stage),
    signal,
  });
}

describe('a restore', () => {
  it('copies every file, then puts them in their places', async () => {
    const target = new Target();
    expect(await restore(target)).toMatchObject({ events: 2, head: 7, takenAt: '1970-01-01T00:00:00.000Z' });
    expect(target.calls).toEqual(['open', 'complete events.db,format', 'finish', 'release']);
    for (const name of ['events.db', 'format']) {
      expect(readFileSync(join(target.stage, name))).toEqual(readFileSync(join(folder, name)));
    }
  });

  const damages: readonly [string, RegExp, () => void][] = [
    ['a byte changed', /events\.db is not what it was/, () => edit('events.db', (text) => text.replace(/.$/, 'y'))],
    ['a file longer', /format is not what it was/, () => appendFileSync(join(folder, 'format'), '\n')],
    ['a file missing', /format is missing/, () => rmSync(join(folder, 'format'))],
    ['a file more', /does not know keys\.db/, () => writeFileSync(join(folder, 'keys.db'), '')],
    ['no manifest', /there is no backup/, () => rmSync(join(folder, 'manifest.json'))],
    ['half a manifest', /manifest is damaged/, () => editManifest((text) => text.slice(0, 100))],
    ['a manifest of something else', /manifest is damaged/, () => editManifest(() => '{"format": 1, "files": {}}')],
    ['a newer format', /newer version/, () => editManifest((text) => text.replace('"format": 1', '"format": 2'))],
    ['no events', /it has no events/, () => editManifest((text) => text.replace('"events.db"', '"keys.db"'))],
    ['a file from elsewhere', /manifest is damaged/, () => rename('format', '../format')],
    [
      'a file that only a newer version knows',
      /wishes\.db is no file that this version knows/,
      () => rename('format', 'wishes.db'),
    ],
  ];

  it.each(damages)('of a backup with %s begins nothing', async (_, words, damage) => {
    damage();
    const target = new Target();
    await expect(restore(target)).rejects.toThrow(words);
    expect(target.calls).toEqual([]);
  });

  it('of a backup that changes while it is copied is not finished', async () => {
    const target = new Target();
    const opening = () => {
      appendFileSync(join(folder, 'events.db'), 'y');
      return target.open();
    };
    const restoring = restoreBackup({ folder, known: KNOWN, target: opening, complete: async () => {}, signal });
    await expect(restoring).rejects.toThrow(/events\.db is not what it was/);
    expect(target.calls).toEqual(['open', 'release']);
  });

  it('that is interrupted is not finished', async () => {
    const [target, controller] = [new Target(), new AbortController()];
    const opening = () => {
      controller.abort();
      return target.open();
    };
    const restoring = restoreBackup({
      folder,
      known: KNOWN,
      target: opening,
      complete: async () => {},
      signal: controller.signal,
    });
    await expect(restoring).rejects.toThrow();
    expect(target.calls).toEqual(['open', 'release']);
  });
});

function edit(name: string, change: (text: string) => string): void {
  writeFileSync(join(folder, name), change(readFileSync(join(folder, name), 'utf8')));
}

function editManifest(change: (text: string) => string): void {
  edit('manifest.json', change);
}

function rename(name: string, other: string): void {
  editManifest((text) => text.replace(`"name": "${name}"`, `"name": "${other}"`));
}
