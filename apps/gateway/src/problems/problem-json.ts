import { httpAnswer, problemType } from '@sillage/contracts/openapi';
import type { JsonObject, Problem } from '@sillage/kernel';
import type { Language } from './language.js';
import { faultMessage, problemDetail, problemTitle } from './messages.js';

export interface ProblemJson {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: JsonObject;
}

/**
 * A refusal as HTTP tells it: a problem of RFC 9457 in the caller's language, with `code`, `errors`, `requestId` and the
 * problem's own extensions. Pure.
 */
export function toProblemJson(
  problem: Problem,
  { requestId, language }: { readonly requestId: string; readonly language: Language },
): ProblemJson {
  const { status } = httpAnswer(problem.code);
  const members = {
    type: problemType(problem.code),
    title: problemTitle(problem.code, language),
    status,
    detail: problemDetail(problem.code, problem.params, language),
    code: problem.code,
    ...(problem.faults.length > 0 && { errors: errorsOf(problem, language) }),
    requestId,
  };
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'content-language': language,
      vary: 'Accept-Language',
      ...headersOf(problem),
    },
    // An extension never takes the place of a member that every problem has.
    body: { ...members, ...problem.extensions, ...members },
  };
}

function errorsOf({ faults }: Problem, language: Language): readonly JsonObject[] {
  return faults.map((fault) => ({ path: fault.path, code: fault.code, message: faultMessage(fault, language) }));
}

/** Seconds that a caller is asked to wait. What is behind or restarting is there again within one. */
const RETRY_AFTER = '1';

function headersOf({ kind, params }: Problem): { readonly [name: string]: string } {
  switch (kind) {
    case 'unavailable':
      return { 'retry-after': RETRY_AFTER };
    case 'too-many':
      return { 'retry-after': String(params.retryAfter ?? RETRY_AFTER) };
    case 'not-authenticated':
      return { 'www-authenticate': 'Bearer' };
    case 'method-not-allowed':
      return typeof params.allow === 'string' ? { allow: params.allow } : {};
    default:
      return {};
  }
}
