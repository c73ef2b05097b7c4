import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkTable } from './check-table.js';
import { LONGEST_LINE } from './lines.js';
import { readRows, type TableRow } from './table.js';

describe('a CSV file', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sillage-table-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function fileOf(content: string | Buffer, delimiter = ',') {
    const path = join(folder, 'file.csv');
    await writeFile(path, content);
    return { path, delimiter };
  }

  async function rowsOf(content: string | Buffer, delimiter = ','): Promise<TableRow[]> {
    const table = await checkTable(await fileOf(content, delimiter), new Set());
    const rows: TableRow[] = [];
    for await (const group of readRows(table, table.header)) rows.push(...group);
    return rows;
  }

  const check = async (content: string | Buffer, ...needed: string[]) =>
    checkTable(await fileOf(content), new Set(needed));

  it('is read with the line that each row begins on', async () => {
    expect(await rowsOf('a,b\n1,2\n\n"x, ""y""",\n')).toEqual([
      { line: 2, cells: ['1', '2'] },
      { line: 4, cells: ['x, "y"', ''] },
    ]);
  });

  it('may have a byte order mark, CR LF line ends, another delimiter, and no end to its last line', async () => {
    expect(await rowsOf('\ufeffa;b\r\n1;2\r\n3;4', ';')).toEqual([
      { line: 2, cells: ['1', '2'] },
      { line: 3, cells: ['3', '4'] },
    ]);
  });

  it('may have line ends and line separators in a value', async () => {
    expect(await rowsOf('a,b\n1,"two\nlines"\n2,one\u2028line\n')).toEqual([
      { line: 2, cells: ['1', 'two\nlines'] },
      { line: 4, cells: ['2', 'one\u2028line'] },
    ]);
  });

  it('loses only the rows that are broken', async () => {
    expect(await rowsOf('a,b\n1,x "y" z\n2,"x" y\n3\n4,5,6\n7,8\n')).toEqual([
      { line: 2, refused: 'a quote stands in the middle of a value' },
      { line: 3, refused: 'text follows a closing quote' },
      { line: 4, refused: 'it has 1 columns, the header has 2' },
      { line: 5, refused: 'it has 3 columns, the header has 2' },
      { line: 6, cells: ['7', '8'] },
    ]);
  });

  it('loses one line to a quote that is never closed', async () => {
    expect(await rowsOf('a,b\n1,"open\n2,x\n3,y\n')).toEqual([
      { line: 2, refused: 'a quote is never closed' },
      { line: 3, cells: ['2', 'x'] },
      { line: 4, cells: ['3', 'y'] },
    ]);
  });

  it('loses one line to an open quote that a proper quote further down would close', async () => {
    expect(await rowsOf('a,b\n1,"open\n2,x\n3,"p,\nq"\n4,z\n')).toEqual([
      { line: 2, refused: 'a quote is out of place, or columns are missing' },
      { line: 3, cells: ['2', 'x'] },
      { line: 4, cells: ['3', 'p,\nq'] },
      { line: 6, cells: ['4', 'z'] },
    ]);
  });

  it('loses a line that is too long, without keeping it', async () => {
    expect(await rowsOf(`a,b\n1,${'x'.repeat(LONGEST_LINE)}\n2,y\n`)).toEqual([
      { line: 2, refused: `the line is longer than ${LONGEST_LINE} bytes` },
      { line: 3, cells: ['2', 'y'] },
    ]);
  });

  it('gives all rows of a file of many chunks, each once and in order', async () => {
    const many = Array.from({ length: 30_000 }, (_, index) => `${index},"some text, ${index}"`);
    const rows = await rowsOf(`a,b\n${many.join('\n')}\n`);
    expect(rows.length).toBe(30_000);
    expect(rows.every((row, index) => 'cells' in row && row.cells[0] === String(index))).toBe(true);
  });

  it('says about how many rows it has', async () => {
    expect(await check('a,b\n1,2\n3,4\n', 'a')).toMatchObject({ header: ['a', 'b'], rows: 2 });
  });

  it('is refused whole without a column that is needed', async () => {
    await expect(check('a,b\n1,2\n', 'a', 'c', 'd')).rejects.toThrow(
      /file\.csv has no columns "c", "d"; its header is: a,b$/,
    );
  });

  it('is refused whole when a needed column is there twice', async () => {
    await expect(check('a,b,a\n1,2,3\n', 'a')).rejects.toThrow('has the column "a" twice');
    await expect(check('a,b,a\n1,2,3\n', 'b')).resolves.toBeDefined();
  });

  it.each([
    ['Latin-1', Buffer.from('a,b\n1,é\n', 'latin1'), 2],
    ['UTF-16', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'), 1],
  ])('is refused whole in %s', async (_, content, line) => {
    await expect(check(content, 'a')).rejects.toThrow(`is not UTF-8 (line ${line})`);
  });

  it('is refused whole when it is empty, broken at the top, or not there', async () => {
    await expect(check('')).rejects.toThrow('has no header: the file is empty');
    await expect(check('a,"b\n')).rejects.toThrow('has no header');
    await expect(checkTable({ path: join(folder, 'none.csv'), delimiter: ',' }, new Set())).rejects.toThrow(
      'none.csv cannot be read: there is no such file',
    );
    await expect(checkTable({ path: folder, delimiter: ',' }, new Set())).rejects.toThrow('it is a folder');
  });
});
