/** A parameter of a query string, decoded, in the order given; a name may come several times. */
export type Parameter = readonly [name: string, value: string];

/** What of the views somebody may see: everything, where nothing else is said. */
export interface ReadScope {
  /** Names of owners: only their records are there. */
  readonly owners?: readonly string[];
  /** Fields, columns and measures that are unknown to whoever asks. */
  readonly hidden?: readonly string[];
}

/** What a front-end asks of the views. */
interface ReadRequest extends ReadScope {
  readonly tenant: string;
  readonly parameters: readonly Parameter[];
  /** Answers only once the views are at this position, or refuses with `views-behind` after 2 s. */
  readonly waitFor?: number;
}

export interface ListRequest extends ReadRequest {
  /** Plural name of the record type. */
  readonly type: string;
}

export interface ReportRequest extends ReadRequest {
  readonly report: string;
  readonly format: 'json' | 'csv';
}

export interface DetailRequest extends ReadRequest {
  readonly report: string;
  readonly format: 'json-lines' | 'csv';
  /** Where the page before ended; none for the first page, which starts with the header line in CSV. */
  readonly after?: string;
}

/** Text where it was made, and its bytes in UTF-8 where it has come from another thread. */
export type Body = string | Uint8Array;

export interface Answer<As extends Body = Body> {
  /** As it goes to the caller, encoded once. */
  readonly body: As;
  /** Up to which event of the log the answer is. */
  readonly position: number;
}

export interface DetailPage<As extends Body = Body> extends Answer<As> {
  /** Absent on the last page. */
  readonly next?: string;
}

/** The read side as the gateway sees it, wherever the views are kept. Every method may refuse with a Problem. */
export interface ReadModels {
  list(request: ListRequest): Promise<Answer>;
  report(request: ReportRequest): Promise<Answer>;
  detail(request: DetailRequest): Promise<DetailPage>;
  /** Up to which event a tenant's views are. */
  position(tenant: string): Promise<number>;
}
