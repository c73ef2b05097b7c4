import { isRecordTypeName, RECORD_TYPE_NAMES, type RecordTypeName } from '@sillage/contracts';
import {
  type ExpectedRevision,
  fault,
  isId,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  notUnderstood,
  Problem,
} from '@sillage/kernel';
import type { RequestedOperation } from '@sillage/messaging';
import { checkedKey, revisionIn } from '../edge/request-headers.js';
import type { Access } from '../permission/access.js';
import { changeCommand, createCommand, deleteCommand, restoreCommand } from './commands.js';

const MOST_OPERATIONS = 200;

/** Who sends a batch. */
export interface BatchSender {
  readonly tenant: string;
  /** What they may do with records of a type. @throws Problem `not-allowed` when it is nothing. */
  readonly accessTo: (type: RecordTypeName) => Access;
}

/** One line of a batch, ready to be carried out. */
export interface BatchOperation {
  readonly type: RecordTypeName;
  readonly operation: RequestedOperation;
}

/** The list under the only member that a batch has. */
export function batchList(body: JsonValue | undefined, member: 'items' | 'operations'): readonly JsonValue[] {
  if (!isJsonObject(body)) throw notUnderstood(fault('', 'wrong-type', { expected: 'object' }));
  const stranger = Object.keys(body).find((name) => name !== member);
  if (stranger !== undefined) throw notUnderstood(fault(stranger, 'unknown-field'));
  const list = body[member];
  if (!Array.isArray(list))
    throw notUnderstood(fault(member, list === undefined ? 'required' : 'wrong-type', { expected: 'list' }));
  if (list.length === 0) throw notUnderstood(fault(member, 'empty'));
  if (list.length > MOST_OPERATIONS) throw notUnderstood(fault(member, 'too-many', { limit: MOST_OPERATIONS }));
  return list;
}

/** An item of a batch of creates: the record's fields, and a key of its own beside them. */
export function readItem(
  { tenant, accessTo }: BatchSender,
  type: RecordTypeName,
  item: JsonValue,
  batchKey: string | undefined,
): BatchOperation {
  if (!isJsonObject(item)) throw notUnderstood(fault('', 'wrong-type', { expected: 'object' }));
  const { idempotencyKey, ...body } = item;
  return {
    type,
    operation: createCommand({ access: accessTo(type), tenant, type, key: keyOf(idempotencyKey, batchKey) }, body),
  };
}

/** An operation of a mixed batch: `{op, type, id, ifMatch, body, idempotencyKey}`. */
export function readOperation(
  { tenant, accessTo }: BatchSender,
  item: JsonValue,
  batchKey: string | undefined,
): BatchOperation {
  if (!isJsonObject(item)) throw notUnderstood(fault('', 'wrong-type', { expected: 'object' }));
  const { op, type, id, ifMatch, body, idempotencyKey, ...rest } = item;
  const stranger = Object.keys(rest)[0];
  if (stranger !== undefined) throw notUnderstood(fault(stranger, 'unknown-field'));
  if (typeof type !== 'string' || !isRecordTypeName(type)) {
    throw notUnderstood(
      fault('type', type === undefined ? 'required' : 'not-in-set', { choices: RECORD_TYPE_NAMES.join(', ') }),
    );
  }
  const request = { access: accessTo(type), tenant, type, key: keyOf(idempotencyKey, batchKey) };
  switch (op) {
    case 'create':
      refuseGiven({ id, ifMatch });
      return { type, operation: createCommand(request, body) };
    case 'update':
      return { type, operation: changeCommand(request, idOf(id), expected(ifMatch), body) };
    case 'delete':
      refuseGiven({ body });
      return { type, operation: deleteCommand(request, idOf(id), expected(ifMatch)) };
    case 'restore':
      refuseGiven({ ifMatch });
      return { type, operation: restoreCommand(request, idOf(id), body) };
    default:
      throw notUnderstood(
        fault('op', op === undefined ? 'required' : 'not-in-set', { choices: 'create, update, delete, restore' }),
      );
  }
}

function keyOf(key: JsonValue | undefined, batchKey: string | undefined): string | undefined {
  if (key === undefined || key === null) return batchKey;
  if (typeof key !== 'string') throw notUnderstood(fault('idempotencyKey', 'wrong-type', { expected: 'string' }));
  return checkedKey(key, 'idempotencyKey');
}

function idOf(id: JsonValue | undefined): string {
  if (id === undefined) throw notUnderstood(fault('id', 'required'));
  if (typeof id !== 'string' || !isId(id)) throw new Problem('record-not-found');
  return id.toLowerCase();
}

function expected(ifMatch: JsonValue | undefined): ExpectedRevision {
  if (ifMatch === undefined || ifMatch === null) throw new Problem('if-match-required');
  if (typeof ifMatch === 'number' && Number.isSafeInteger(ifMatch) && ifMatch >= 0) return ifMatch;
  if (typeof ifMatch !== 'string') throw notUnderstood(fault('ifMatch', 'wrong-type', { expected: 'string' }));
  return revisionIn(/^\d+$/.test(ifMatch) ? `"${ifMatch}"` : ifMatch, 'ifMatch');
}

function refuseGiven(members: JsonObject | { readonly [name: string]: JsonValue | undefined }): void {
  const given = Object.entries(members).find(([, value]) => value !== undefined && value !== null);
  if (given !== undefined) throw notUnderstood(fault(given[0], 'unknown-field'));
}
