import { isJsonObject, type JsonObject, type JsonValue, type Money, toMinorUnits } from '@sillage/kernel';
import {
  type Condition,
  type Filter,
  type Page,
  type Query,
  type Scalar,
  type Schema,
  type StoredCell,
  type StoredDocument,
  type View,
  type ViewBatch,
  type ViewReader,
  type ViewStore,
  ViewsMovedOn,
} from '@sillage/view-store';
import { meets } from '../query/condition.js';

type Cell = StoredCell & { readonly cube: string };
type Document = StoredDocument & { readonly view: string };

/** The port in memory, as plainly as it can be said: for specifications. */
export class InMemoryViewStore implements ViewStore {
  private readonly documents = new Map<string, Document>();
  private readonly cellsByKey = new Map<string, Cell>();
  private readonly checkpoints = new Map<number, number>();
  private readonly partitions = new Map<string, number>();

  constructor(private readonly schema: Schema) {}

  async apply({ documents, cells, checkpoint: { partition, after, position } }: ViewBatch): Promise<void> {
    if ((this.checkpoints.get(partition) ?? 0) !== after) throw new ViewsMovedOn(partition, after);
    for (const document of documents) {
      const key = JSON.stringify([document.view, document.tenant, document.id]);
      if ((this.documents.get(key)?.position ?? -1) <= document.position) this.documents.set(key, document);
    }
    for (const cell of cells) {
      const key = JSON.stringify([cell.cube, cell.tenant, cell.dimensions]);
      if ((this.cellsByKey.get(key)?.position ?? -1) > cell.position) continue;
      if (Object.keys(cell.measures).length === 0) this.cellsByKey.delete(key);
      else this.cellsByKey.set(key, cell);
    }
    for (const { tenant } of [...documents, ...cells]) this.partitions.set(tenant, partition);
    this.checkpoints.set(partition, position);
  }

  async get(view: string, tenant: string, ids: readonly string[]): Promise<readonly StoredDocument[]> {
    return this.of(view, tenant).filter(({ id }) => ids.includes(id));
  }

  async find(view: string, query: Query): Promise<Page> {
    const sorted = this.matching(view, query).sort((a, b) => this.order(query, a, b));
    const start = query.after === undefined ? 0 : sorted.findIndex(({ id }) => id === query.after?.[0]) + 1;
    const page = sorted.slice(start, start + query.limit);
    const last = page.at(-1);
    return {
      documents: page.map(({ document }) => JSON.stringify(document)),
      ...(last !== undefined && start + query.limit < sorted.length && { next: [last.id] }),
      position: await this.positionOf(query.tenant),
    };
  }

  async count(view: string, filter: Filter, atMost: number): Promise<number> {
    return Math.min(this.matching(view, filter).length, atMost);
  }

  async cells(cube: string, tenant: string, conditions: readonly Condition[]): Promise<readonly StoredCell[]> {
    const dimensions = this.schema.cubes.find(({ name }) => name === cube)?.dimensions ?? [];
    return [...this.cellsByKey.values()].filter(
      (cell) =>
        cell.cube === cube &&
        cell.tenant === tenant &&
        conditions.every((condition) => meets(condition, cell.dimensions[dimensions.indexOf(condition.field)] ?? null)),
    );
  }

  async getCells(
    cube: string,
    tenant: string,
    dimensions: readonly (readonly (string | null)[])[],
  ): Promise<readonly StoredCell[]> {
    const keys = dimensions.map((values) => JSON.stringify([cube, tenant, values]));
    return keys.flatMap((key) => this.cellsByKey.get(key) ?? []);
  }

  async checkpoint(partition: number): Promise<number> {
    return this.checkpoints.get(partition) ?? 0;
  }

  async positionOf(tenant: string): Promise<number> {
    const partition = this.partitions.get(tenant);
    if (partition !== undefined) return this.checkpoint(partition);
    return this.checkpoints.size === 0 ? 0 : Math.min(...this.checkpoints.values());
  }

  async *scan(view: string): AsyncIterable<StoredDocument> {
    const documents = [...this.documents.values()].filter((document) => document.view === view);
    yield* documents
      .sort((a, b) => byBytes([a.tenant, a.id], [b.tenant, b.id]))
      .map(({ view: _view, ...rest }) => rest);
  }

  async *scanCells(cube: string): AsyncIterable<StoredCell> {
    const cells = [...this.cellsByKey.values()].filter((cell) => cell.cube === cube);
    const keyOf = ({ tenant, dimensions }: StoredCell) => [tenant, JSON.stringify(dimensions)];
    yield* cells.sort((a, b) => byBytes(keyOf(a), keyOf(b))).map(({ cube: _cube, ...rest }) => rest);
  }

  async snapshot<T>(read: (snapshot: ViewReader) => Promise<T>): Promise<T> {
    const copy = new InMemoryViewStore(this.schema);
    for (const [key, document] of this.documents) copy.documents.set(key, document);
    for (const [key, cell] of this.cellsByKey) copy.cellsByKey.set(key, cell);
    for (const [partition, position] of this.checkpoints) copy.checkpoints.set(partition, position);
    for (const [tenant, partition] of this.partitions) copy.partitions.set(tenant, partition);
    return read(copy);
  }

  async close(): Promise<void> {}

  private of(view: string, tenant: string): Document[] {
    return [...this.documents.values()].filter((document) => document.view === view && document.tenant === tenant);
  }

  private matching(view: string, { tenant, conditions, words, deleted }: Filter): Document[] {
    return this.of(view, tenant).filter(
      (stored) =>
        stored.deleted === deleted &&
        conditions.every((condition) =>
          holds(condition, valuesAt(this.view(view), stored.document, condition.field)),
        ) &&
        words.every((word) => this.textOf(view, stored.document).some((text) => text.startsWith(word))),
    );
  }

  /** Only as much of the folding as specifications of this package need. */
  private textOf(view: string, document: JsonObject): readonly string[] {
    const searched = Object.entries(this.view(view).fields).filter(([, { searched }]) => searched);
    return searched
      .flatMap(([path]) => valuesAt(this.view(view), document, path))
      .flatMap((text) => String(text).toLowerCase().split(/\W+/));
  }

  private order({ sort }: Query, a: Document, b: Document): number {
    const value = ({ document }: Document) => sortValue(at(document, sort.field));
    const sign = sort.descending ? -1 : 1;
    if (value(a) === undefined || value(b) === undefined) {
      if (value(a) !== value(b)) return value(a) === undefined ? 1 : -1;
    }
    const began = ({ document }: Document) => String(document.createdAt);
    return sign * (compare(value(a), value(b)) || compare(began(a), began(b)) || a.ordinal - b.ordinal);
  }

  private view(name: string): View {
    const found = this.schema.views.find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`no view ${name}`);
    return found;
  }
}

function holds(condition: Condition, values: readonly Scalar[]): boolean {
  switch (condition.operator) {
    case 'exists':
      return values.length > 0 === condition.value;
    case 'not-in':
      return values.every((value) => meets(condition, value));
    default:
      return values.some((value) => meets(condition, value));
  }
}

/** The values that a condition on a field is about. */
function valuesAt({ fields }: View, document: JsonObject, path: string): readonly Scalar[] {
  const value = at(document, path);
  if (value === undefined || value === null) return [];
  if (fields[path]?.kind === 'money') return [toMinorUnits(value as Money)];
  return (Array.isArray(value) ? value : [value]).map((item) => (typeof item === 'number' ? item : String(item)));
}

function at(document: JsonObject, path: string): JsonValue | undefined {
  const [first = '', ...rest] = path.split('.');
  // The keys of an open object may hold dots.
  if (first === 'custom') return isJsonObject(document.custom) ? document.custom[rest.join('.')] : undefined;
  return path
    .split('.')
    .reduce<JsonValue | undefined>((value, name) => (isJsonObject(value) ? value[name] : undefined), document);
}

function sortValue(value: JsonValue | undefined): Scalar | undefined {
  if (isJsonObject(value)) return `${value.currency}${String(toMinorUnits(value as Money)).padStart(20, '0')}`;
  return typeof value === 'string' ? value.toLowerCase() : typeof value === 'number' ? value : undefined;
}

function compare(a: Scalar | undefined, b: Scalar | undefined): number {
  if (a === b || a === undefined || b === undefined) return 0;
  return a < b ? -1 : 1;
}

function byBytes(a: readonly string[], b: readonly string[]): number {
  for (const [index, text] of a.entries()) {
    const order = Buffer.compare(Buffer.from(text), Buffer.from(b[index] ?? ''));
    if (order !== 0) return order;
  }
  return 0;
}
