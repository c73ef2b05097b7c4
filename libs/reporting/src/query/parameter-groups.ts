import { type Fault, type FaultCode, fault, type JsonValue, notUnderstood } from '@sillage/kernel';
import type { Parameter } from '../read-models.js';

/** The values of each parameter, by name, in the order in which names were first given. */
export type ParameterGroups = ReadonlyMap<string, readonly string[]>;

export function groupParameters(parameters: readonly Parameter[]): ParameterGroups {
  const groups = new Map<string, string[]>();
  for (const [name, value] of parameters) {
    const values = groups.get(name);
    if (values === undefined) groups.set(name, [value]);
    else values.push(value);
  }
  return groups;
}

/** Collects everything that is wrong with a request, so that a caller is told at once. */
export class Faults {
  private readonly found: Fault[] = [];

  add(path: string, code: FaultCode, params?: Record<string, JsonValue>): undefined {
    this.found.push(fault(path, code, params));
  }

  /** @throws Problem `validation-failed` when something is wrong. */
  throwIfAny(): void {
    if (this.found.length > 0) throw notUnderstood(...this.found);
  }
}

/** The value of a parameter that may be given once; undefined when it is not given, or twice, which is a fault. */
export function single(groups: ParameterGroups, name: string, faults: Faults): string | undefined {
  const values = groups.get(name) ?? [];
  return values.length > 1 ? faults.add(name, 'given-twice') : values[0];
}

/** `true` or `false`; false unless given. */
export function flag(groups: ParameterGroups, name: string, faults: Faults): boolean {
  const value = single(groups, name, faults);
  if (value !== undefined && value !== 'true' && value !== 'false')
    faults.add(name, 'not-in-set', { choices: 'true, false' });
  return value === 'true';
}

/** A whole number within bounds; undefined unless given. */
export function wholeNumber(
  groups: ParameterGroups,
  name: string,
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
  faults: Faults,
): number | undefined {
  const text = single(groups, name, faults);
  if (text === undefined) return undefined;
  if (!/^-?\d{1,15}$/.test(text)) return faults.add(name, 'wrong-type', { expected: 'number' });
  const value = Number(text);
  if (value < minimum) return faults.add(name, 'too-small', { minimum });
  return value > maximum ? faults.add(name, 'too-large', { maximum }) : value;
}
