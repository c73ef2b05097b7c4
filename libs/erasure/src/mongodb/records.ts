import type { Binary } from 'mongodb';

/** A tenant's key, under the tenant's name. */
export interface TenantRecord {
  readonly _id: string;
  readonly master: string;
  readonly wrapped: Binary;
}

/** A key, under its id. Once it is erased there remains that it was. */
export interface KeyRecord {
  readonly _id: string;
  readonly tenant: string;
  readonly wrapped?: Binary;
  readonly erased?: { readonly stream: string; readonly at: Date };
}

/** What is one record for one person: fields of an id are kept in this order, which makes them one value. */
export interface PersonKey {
  readonly tenant: string;
  readonly person: string;
}

export interface ConcernRecord {
  readonly _id: PersonKey & { readonly stream: string };
}

export interface ErasureRecord {
  readonly _id: PersonKey;
  readonly at: string;
  readonly by: string;
}
