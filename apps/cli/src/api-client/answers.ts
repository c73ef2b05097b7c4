import { isJsonObject, type JsonObject, type JsonValue } from '@sillage/kernel';
import { Failure } from '../failure.js';
import type { ApiResponse } from './transport.js';

/*
 * The API's answers as types. They are read here, once: a server that answers something else (a proxy, another
 * program on the port) is told as such.
 */

/** A record as the server shows it. `members` are all of them, `id` and `revision` included. */
export interface ApiRecord {
  readonly id: string;
  readonly revision: number;
  readonly members: JsonObject;
}

/** A refusal, from application/problem+json (RFC 9457). */
export interface ApiProblem {
  readonly status: number;
  readonly code: string;
  /** All of it in one line. */
  readonly text: string;
  /** Of `external-id-taken`: the id of the record that has the external id. */
  readonly takenBy: string | undefined;
}

/** What the server says of one item of a batch of creates. */
export type ItemResult = { readonly id: string } | { readonly problem: ApiProblem };

/** A token as the server shows it to administrators. `members` are all that it shows. */
export interface ShownToken {
  readonly id: string;
  readonly members: JsonObject;
}

export interface EventPage {
  /** Public events (CloudEvents), passed on as they are. */
  readonly items: readonly JsonObject[];
  readonly nextPosition: string;
}

export function recordIn(value: JsonValue | undefined): ApiRecord {
  if (!isJsonObject(value) || typeof value.id !== 'string' || typeof value.revision !== 'number') throw notTheApi();
  return { id: value.id, revision: value.revision, members: value };
}

export function recordsIn(body: JsonValue | undefined): readonly ApiRecord[] {
  return listIn(body, 'items').map(recordIn);
}

export function tokenIn(value: JsonValue | undefined): ShownToken {
  if (!isJsonObject(value) || typeof value.id !== 'string') throw notTheApi();
  return { id: value.id, members: value };
}

export function tokensIn(body: JsonValue | undefined): readonly ShownToken[] {
  return listIn(body, 'items').map(tokenIn);
}

export function itemResultsIn(body: JsonValue | undefined): readonly ItemResult[] {
  return listIn(body, 'results').map((result) => {
    if (!isJsonObject(result) || typeof result.status !== 'number') throw notTheApi();
    if (result.problem !== undefined) return { problem: problemIn(result.problem, result.status) };
    if (typeof result.id !== 'string') throw notTheApi();
    return { id: result.id };
  });
}

export function eventPageIn(body: JsonValue | undefined): EventPage {
  const items = listIn(body, 'items').filter(isJsonObject);
  const next = isJsonObject(body) ? body.nextPosition : undefined;
  if (typeof next !== 'string' && typeof next !== 'number') throw notTheApi();
  return { items, nextPosition: String(next) };
}

export function problemOf({ status, body }: ApiResponse): ApiProblem {
  return problemIn(body, status);
}

/** What is not what was asked for ends the command. */
export function unexpected(response: ApiResponse): Failure {
  return new Failure(`the server refuses the request: ${problemOf(response).text}`);
}

function problemIn(value: JsonValue | undefined, status: number): ApiProblem {
  const problem = isJsonObject(value) ? value : {};
  const code = typeof problem.code === 'string' ? problem.code : 'no-problem-document';
  const takenBy = typeof problem.takenBy === 'string' ? problem.takenBy : undefined;
  return { status, code, text: `${status} ${code}: ${wordsOf(problem)}`.replace(/: $/, ''), takenBy };
}

function wordsOf(problem: JsonObject): string {
  const faults = Array.isArray(problem.errors) ? problem.errors.filter(isJsonObject) : [];
  if (faults.length > 0) return faults.map(({ path, code, message }) => `${path}: ${message ?? code}`).join('; ');
  return String(problem.detail ?? problem.title ?? '');
}

function listIn(body: JsonValue | undefined, name: string): readonly JsonValue[] {
  const list = isJsonObject(body) ? body[name] : undefined;
  if (!Array.isArray(list)) throw notTheApi();
  return list;
}

function notTheApi(): Failure {
  return new Failure('the server does not answer like Sillage: is the address right?');
}
