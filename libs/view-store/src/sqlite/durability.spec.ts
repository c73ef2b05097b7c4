import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { allOf } from '../testing/reading.js';
import { DEALS, filterOf, SCHEMA } from '../testing/samples.js';
import { openSqliteViewStore } from './index.js';
import { TemporaryFile } from './testing/temporary-file.js';

const PROGRAM = fileURLToPath(new URL('./testing/applying-program.js', import.meta.url));

/** Lets the program apply some batches, then kills it. Gives the last checkpoint that it printed. */
async function applyAndKill(file: string, batches: number): Promise<number> {
  const program = spawn(process.execPath, [PROGRAM, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let last = 0;
  let left = batches;
  for await (const line of createInterface(program.stdout)) {
    last = Number(line);
    left -= 1;
    if (left === 0) program.kill('SIGKILL');
  }
  if (program.exitCode === null && program.signalCode === null) await once(program, 'exit');
  return last;
}

describe('a file of views', () => {
  const file = new TemporaryFile();

  it('holds whole batches up to its checkpoint, however often its process is killed', async () => {
    for (const batches of [1, 7, 30]) {
      const printed = await applyAndKill(file.path, batches);

      const views = openSqliteViewStore({ file: file.path, schema: SCHEMA, readOnly: true });
      const checkpoint = await views.checkpoint(0);
      expect(checkpoint).toBeGreaterThanOrEqual(printed);
      expect(await allOf(views.scan(DEALS.name))).toHaveLength(checkpoint);
      expect(await views.count(DEALS.name, filterOf('tenant', { words: ['deal'] }), 1_000_000)).toBe(checkpoint);
      const byNumber = [{ field: 'probability', operator: 'gte', value: 0 } as const];
      expect(await views.count(DEALS.name, filterOf('tenant', { conditions: byNumber }), 1_000_000)).toBe(checkpoint);
      const [counted] = await views.cells('pipeline', 'tenant', []);
      expect(counted?.measures).toEqual({ count: BigInt(checkpoint) });
      await views.close();
    }
  });
});
