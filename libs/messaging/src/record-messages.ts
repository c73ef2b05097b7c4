import type { ChangeRecord, CreateRecord, DeleteRecord, RestoreRecord, SentProblem, Written } from '@sillage/kernel';

/** The messages that the service owning a type of records takes; the pattern begins with the type's plural name. */
export const RecordPattern = {
  create: (type: string) => `${type}.create`,
  change: (type: string) => `${type}.change`,
  delete: (type: string) => `${type}.delete`,
  restore: (type: string) => `${type}.restore`,
  batch: (type: string) => `${type}.batch`,
  get: (type: string) => `${type}.get`,
  history: (type: string) => `${type}.history`,
  missing: (type: string) => `${type}.missing`,
} as const;

export interface GetRecord {
  readonly id: string;
  /** Answers with a deleted record too. */
  readonly deleted: boolean;
}

export type RecordOperation =
  | { readonly op: 'create'; readonly command: CreateRecord }
  | { readonly op: 'change'; readonly command: ChangeRecord }
  | { readonly op: 'delete'; readonly command: DeleteRecord }
  | { readonly op: 'restore'; readonly command: RestoreRecord };

/** What one operation of a batch led to. */
export type OperationResult = { readonly written: Written } | { readonly problem: SentProblem };

/** Told before the first request of a tenant is carried out. */
export const OPEN_TENANT = 'pipelines.open-tenant';
