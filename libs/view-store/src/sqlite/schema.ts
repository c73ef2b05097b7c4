import { ViewsOfAnotherSchema } from '../errors.js';
import { fingerprint } from '../fingerprint.js';
import type { Schema } from '../view.js';
import { Connection } from './connection.js';
import { type CubeLayout, cubeLayout, type ViewLayout, viewLayout } from './layout.js';
import { sql } from './sql.js';
import { TOKENIZER } from './tenant-terms.js';

/**
 * Kept in `PRAGMA user_version`. Raise it with each change of the tables, of the tokens or of how words are folded: the
 * views of older files are then made anew.
 */
const LAYOUT_VERSION = 3;

/** Kept in `PRAGMA application_id`, so that the database of another program is never taken for ours: 'SilV' in ASCII. */
const APPLICATION_ID = 0x53696c56;

/**
 * For the writer. Nothing needs to reach the disk at once: a batch that is lost with the machine takes its checkpoint
 * with it, and is projected again. 16 MiB of cache; a log of 64 MiB before it is copied into the file, so
 * that a page which changes with each batch is copied once in many. What is deleted is overwritten: it may be somebody's
 * who is to be forgotten.
 */
const WRITER_SETTINGS = `
  PRAGMA synchronous = NORMAL;
  PRAGMA secure_delete = ON;
  PRAGMA cache_size = -16384;
  PRAGMA wal_autocheckpoint = 16384;
`;

export interface SchemaLayout {
  readonly views: ReadonlyMap<string, ViewLayout>;
  readonly cubes: ReadonlyMap<string, CubeLayout>;
}

export function schemaLayout(schema: Schema): SchemaLayout {
  return {
    views: new Map(schema.views.map((view) => [view.name, viewLayout(view)])),
    cubes: new Map(schema.cubes.map((cube) => [cube.name, cubeLayout(cube)])),
  };
}

/**
 * Opens the file of a view store for its writer, and makes it one when it is missing or empty.
 * @throws ViewsOfAnotherSchema when it holds anything else.
 */
export function openForWriting(file: string, schema: Schema): Connection {
  return opened(openForBuilding(file, schema), (connection) => createIndexes(connection, schemaLayout(schema)));
}

/**
 * The same, but for the indexes of the tables, which `createIndexes` makes: of a table that is full, each takes one sort.
 * @throws ViewsOfAnotherSchema when it holds anything else.
 */
export function openForBuilding(file: string, schema: Schema): Connection {
  return opened(new Connection(file, { readOnly: false }), (connection) => {
    if (!isEmpty(connection)) requireSchema(connection, schema);
    connection.execute('PRAGMA journal_mode = WAL');
    connection.execute(WRITER_SETTINGS);
    connection.writing(() => {
      // Another process may have been faster since the file was looked at.
      if (isEmpty(connection)) create(connection, schema);
      else requireSchema(connection, schema);
    });
  });
}

/**
 * Opens the file of a view store for reading, also while a writer in this or another process has it.
 * @throws ViewsOfAnotherSchema when it holds anything else than views of this schema.
 */
export function openForReading(file: string, schema: Schema): Connection {
  return opened(new Connection(file, { readOnly: true }), (connection) => requireSchema(connection, schema));
}

function opened(connection: Connection, prepare: (connection: Connection) => void): Connection {
  try {
    prepare(connection);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function isEmpty(connection: Connection): boolean {
  return connection.value(sql`SELECT 1 FROM sqlite_schema LIMIT 1`) === undefined;
}

function requireSchema(connection: Connection, schema: Schema): void {
  const isOurs =
    connection.value(sql`PRAGMA application_id`) === APPLICATION_ID &&
    connection.value(sql`PRAGMA user_version`) === LAYOUT_VERSION &&
    connection.value(sql`SELECT fingerprint FROM schema`) === fingerprint(schema);
  if (!isOurs) throw new ViewsOfAnotherSchema(connection.file);
}

function create(connection: Connection, schema: Schema): void {
  const { views, cubes } = schemaLayout(schema);
  connection.execute(`
    CREATE TABLE schema (fingerprint TEXT NOT NULL) STRICT;
    CREATE TABLE tenant (
      number    INTEGER PRIMARY KEY,
      name      TEXT NOT NULL UNIQUE,
      partition INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE checkpoint (partition INTEGER PRIMARY KEY, position INTEGER NOT NULL) STRICT;
    CREATE TABLE scrubbing (due INTEGER PRIMARY KEY) STRICT;
    ${[...views.values()].map(createView).join('')}
    ${[...cubes.values()].map(createCube).join('')}
    PRAGMA application_id = ${APPLICATION_ID};
    PRAGMA user_version = ${LAYOUT_VERSION};
  `);
  connection.rows(sql`INSERT INTO schema VALUES (${fingerprint(schema)})`);
}

/**
 * The full-text index keeps no copy of the tokens and no positions in them: it says which rows have a token, no more.
 * It merges eight segments at a time instead of four, and lets them carry rows that are no more up to 40 % instead of
 * 10: less is written for each change, and a search has more segments to look into.
 */
function createView(layout: ViewLayout): string {
  const { documents, terms, vocabulary, fields } = layout;
  const columns = fields.flatMap((field) => field.columns.map(({ name, type }) => `${name} ${type},`));
  return `
    CREATE TABLE ${documents} (
      key      INTEGER PRIMARY KEY,
      tenant   INTEGER NOT NULL,
      id       TEXT NOT NULL,
      deleted  INTEGER NOT NULL,
      ordinal  INTEGER NOT NULL,
      position INTEGER NOT NULL,
      ${columns.join('\n      ')}
      document TEXT NOT NULL,
      UNIQUE (tenant, id)
    ) STRICT;
    CREATE VIRTUAL TABLE ${terms}
      USING fts5 (tokens, content='', contentless_delete=1, detail=none, tokenize="${TOKENIZER}");
    INSERT INTO ${terms} (${terms}, rank) VALUES ('automerge', 8), ('deletemerge', 40);
    CREATE VIRTUAL TABLE ${vocabulary} USING fts5vocab (${terms}, instance);
  `;
}

/** Makes the indexes of the tables that are not there yet. */
export function createIndexes(connection: Connection, { views }: SchemaLayout): void {
  connection.writing(() => connection.execute([...views.values()].flatMap(indexesOf).join('\n')));
}

function indexesOf({ documents, order, fields }: ViewLayout): readonly string[] {
  const create = (index: string, columns: readonly string[]) =>
    `CREATE INDEX IF NOT EXISTS ${index} ON ${documents} (${['tenant', 'deleted', ...columns].join(', ')});`;
  const sorted = fields.flatMap(({ index, columns }) =>
    index === undefined
      ? []
      : [
          create(
            index,
            columns.map(({ name }) => name),
          ),
        ],
  );
  return [create(order, []), ...sorted];
}

function createCube({ cells, removed }: CubeLayout): string {
  return `
    CREATE TABLE ${cells} (
      tenant     INTEGER NOT NULL,
      dimensions TEXT NOT NULL,
      measures   TEXT NOT NULL,
      position   INTEGER NOT NULL,
      PRIMARY KEY (tenant, dimensions)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE ${removed} (
      tenant     INTEGER NOT NULL,
      dimensions TEXT NOT NULL,
      position   INTEGER NOT NULL,
      PRIMARY KEY (tenant, dimensions)
    ) STRICT, WITHOUT ROWID;
  `;
}
