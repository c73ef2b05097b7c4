import type { FieldKind } from '@sillage/contracts';
import type { FaultCode, ProblemCode } from '@sillage/kernel';
import type { Template } from './template.js';

/** Everything that Sillage says to callers in one language. */
export interface Catalogue {
  readonly problems: { readonly [C in ProblemCode]: { readonly title: string; readonly detail: Template } };
  readonly faults: { readonly [C in FaultCode]: Template };
  /** What a value of the wrong type should have been: a field of this kind, or part of a body. */
  readonly expected: { readonly [K in FieldKind | 'string']: Template };
}
