import type {
  ChangeRecord,
  CreateRecord,
  DeleteRecord,
  ForgetRecord,
  RestoreRecord,
  SentProblem,
  Written,
} from '@sillage/kernel';

/** The messages that the service owning a type of records takes; the pattern begins with the type's plural name. */
export const RecordPattern = {
  create: (type: string) => `${type}.create`,
  change: (type: string) => `${type}.change`,
  delete: (type: string) => `${type}.delete`,
  restore: (type: string) => `${type}.restore`,
  forget: (type: string) => `${type}.forget`,
  batch: (type: string) => `${type}.batch`,
  get: (type: string) => `${type}.get`,
  history: (type: string) => `${type}.history`,
  concerning: (type: string) => `${type}.concerning`,
  missing: (type: string) => `${type}.missing`,
} as const;

export interface GetRecord {
  readonly id: string;
  /** Answers with a deleted record too. */
  readonly deleted: boolean;
}

/** What callers of the API can have done in a batch. */
export type RequestedOperation =
  | { readonly op: 'create'; readonly command: CreateRecord }
  | { readonly op: 'change'; readonly command: ChangeRecord }
  | { readonly op: 'delete'; readonly command: DeleteRecord }
  | { readonly op: 'restore'; readonly command: RestoreRecord };

/** The same, and what services ask of each other: a record is forgotten with the person whom it concerns. */
export type RecordOperation = RequestedOperation | { readonly op: 'forget'; readonly command: ForgetRecord };

/** What one operation of a batch led to. */
export type OperationResult = { readonly written: Written } | { readonly problem: SentProblem };

/** The records that concern a person, or ever did. */
export interface Concerning {
  readonly type: string;
  readonly ids: readonly string[];
}

/** Told before the first request of a tenant is carried out. */
export const OPEN_TENANT = 'pipelines.open-tenant';
