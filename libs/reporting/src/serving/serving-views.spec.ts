import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as passing } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SqliteGenerations } from '@sillage/view-store/sqlite';
import { REPORTING_SCHEMA } from '../schema.js';
import { TestFeed, TestLog } from '../testing/test-log.js';
import type { ViewsNotice } from './log-notice.js';
import { projectWholeLog } from './project-whole-log.js';
import type { Project, Projection } from './projection.js';
import { ServingViews } from './serving-views.js';

let folder: string;
let generations: SqliteGenerations;
let log: TestLog;
let notices: ViewsNotice[];
let losses: unknown[];
let opened: ServingViews[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-serving-'));
  generations = new SqliteGenerations(folder, REPORTING_SCHEMA);
  log = new TestLog();
  log.tell('accounts/a', { name: 'Acme' });
  [notices, losses, opened] = [[], [], []];
});
afterEach(async () => {
  await Promise.all(opened.map((views) => views.close()));
  rmSync(folder, { recursive: true });
  expect(losses).toEqual([]);
});

const tell = (notice: ViewsNotice) => notices.push(notice);

async function open(project: Project = projectWholeLog({ feed: new TestFeed(log), log: tell })): Promise<ServingViews> {
  const onLoss = (reason: unknown) => losses.push(reason);
  const views = await ServingViews.open({ generations, project, keepFor: 0, log: tell, onLoss });
  opened.push(views);
  return views;
}

/** As the whole log, but says that it has caught up only when it is told to. */
function held(): { readonly project: Project; readonly release: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const whole = projectWholeLog({ feed: new TestFeed(log), log: tell });
  const project = async (...args: Parameters<Project>): Promise<Projection> => ({
    ...(await whole(...args)),
    caughtUp: promise,
  });
  return { project, release: resolve };
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await passing(5);
}

const list = { type: 'accounts', tenant: 'acme', parameters: [] };

describe('views that are begun', () => {
  it('answer and serve once they have caught up, and not before', async () => {
    const { project, release } = held();
    const views = await open(project);
    await expect(views.list(list)).rejects.toMatchObject({ code: 'views-behind' });
    expect(await generations.current()).toBeUndefined();

    const waiting = views.list(list);
    release();
    expect((await waiting).body).toContain('Acme');
    expect(await generations.current()).toBe(1);
  });

  it('do not answer before either where a process that had begun them starts again', async () => {
    await (await open(held().project)).close();
    opened.pop();
    const { project, release } = held();
    const again = await open(project);
    await expect(again.list(list)).rejects.toMatchObject({ code: 'views-behind' });
    release();
    expect((await again.list(list)).body).toContain('Acme');
    expect(await generations.next()).toBe(2);
  });

  it('are begun beside those of another schema, which are left alone until then and gone afterwards', async () => {
    const others = new SqliteGenerations(folder, { views: [], cubes: [] });
    await (await others.open(1)).close();
    await others.serve(1);
    const { project, release } = held();
    await open(project);
    expect(await generations.current()).toBe(1);
    release();
    await until(async () => (await generations.current()) === 2);
    await expect(others.open(2)).rejects.toThrow('another schema');
  });
});

describe('views that serve', () => {
  it('are exchanged when another generation is to serve', async () => {
    const views = await open();
    await views.list(list);
    await (await generations.open(2)).close();
    await generations.serve(2);
    // The old one has read what there was, and is told of nothing more: only a new one can know this account.
    log.tell('accounts/b', { name: 'Beta' });
    await until(async () => String((await views.list(list)).body).includes('Beta'));
  });

  it('go on where another version says that its own serve', async () => {
    const views = await open();
    await views.list(list);
    const others = new SqliteGenerations(folder, { views: [], cubes: [] });
    await (await others.open(2)).close();
    await others.serve(2);
    await until(async () => notices.length > 0);
    expect(notices).toEqual([{ kind: 'of-another-version', generation: 2 }]);
    expect((await views.list(list)).body).toContain('Acme');
  });
});
