import { hiddenFrom, parseFields, RECORD_TYPES, type RecordTypeName } from '@sillage/contracts';
import {
  type CommandIdentity,
  derivedId,
  type ExpectedRevision,
  fault,
  fingerprint,
  type JsonObject,
  type JsonValue,
  newId,
  notUnderstood,
} from '@sillage/kernel';
import type { RequestedOperation } from '@sillage/messaging';
import { refuseBody } from '../edge/json-body.js';
import type { Access } from '../permission/access.js';
import { refuseHidden } from '../permission/hiding.js';

/** What a command is for, who gives it, and under which key, if any, it is to be done once. */
export interface CommandRequest {
  readonly access: Access;
  readonly tenant: string;
  readonly type: RecordTypeName;
  readonly key: string | undefined;
}

/*
 * From validated requests to commands. The ids follow from the caller's key, so that a repeat meets its first result;
 * without a key every request is a new command.
 */

export function createCommand(
  { access, tenant, type, key }: CommandRequest,
  body: JsonValue | undefined,
): Extract<RequestedOperation, { op: 'create' }> {
  refuseHidden(body, hiddenFrom(access.role, type));
  const { createdAt, ...given } = parseFields(RECORD_TYPES[type].input, body, 'whole');
  const fields = withOwner(access, given);
  const begun = typeof createdAt === 'string' ? { createdAt } : {};
  if (key === undefined) {
    const id = newId();
    return { op: 'create', command: { commandId: id, id, fields, ...begun } };
  }
  const identity = identify(key, ['create', tenant, type], { createdAt: createdAt ?? null, fields });
  return { op: 'create', command: { ...identity, id: derivedId(tenant, type, 'create', key), fields, ...begun } };
}

export function changeCommand(
  { access, tenant, type, key }: CommandRequest,
  id: string,
  expected: ExpectedRevision,
  body: JsonValue | undefined,
): Extract<RequestedOperation, { op: 'change' }> {
  refuseHidden(body, hiddenFrom(access.role, type));
  const patch = parseFields(RECORD_TYPES[type].input, body, 'patch');
  if (Object.keys(patch).length === 0) throw notUnderstood(fault('', 'empty-patch'));
  return { op: 'change', command: { ...identify(key, ['change', tenant, type, id], patch), id, patch, expected } };
}

export function deleteCommand(
  { tenant, type, key }: CommandRequest,
  id: string,
  expected: ExpectedRevision,
): Extract<RequestedOperation, { op: 'delete' }> {
  return { op: 'delete', command: { ...identify(key, ['delete', tenant, type, id], null), id, expected } };
}

export function restoreCommand(
  { tenant, type, key }: CommandRequest,
  id: string,
  body: JsonValue | undefined,
): Extract<RequestedOperation, { op: 'restore' }> {
  refuseBody(body);
  return { op: 'restore', command: { ...identify(key, ['restore', tenant, type, id], null), id } };
}

/** What somebody within limits creates is their own unless they say whose. */
function withOwner({ owners }: Access, fields: JsonObject): JsonObject {
  const [own] = owners ?? [];
  return own === undefined || fields.owner !== undefined ? fields : { ...fields, owner: own };
}

function identify(key: string | undefined, scope: readonly string[], wish: JsonValue): CommandIdentity {
  if (key === undefined) return { commandId: newId() };
  return { commandId: derivedId(...scope, key), fingerprint: fingerprint(wish) };
}
