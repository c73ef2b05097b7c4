import { getMetadataStorage, type ValidationArguments, ValidationTypes } from 'class-validator';
import type { FieldsClass } from './field-spec.js';

/** One constraint of a field, by class-validator's name for it. */
export interface Rule {
  readonly constraint: string;
  holds(value: unknown): boolean;
}

/** The constraints of each field of a class, in the order in which they are to be asked. */
export type Rules = ReadonlyMap<string, readonly Rule[]>;

const compiled = new Map<FieldsClass, Rules>();

/**
 * The constraints that class-validator's decorators have put on a class, looked up once: its own `validate` collects
 * and groups them anew for each object, which takes several times as long as asking them.
 */
export function rulesOf(of: FieldsClass): Rules {
  const known = compiled.get(of);
  if (known !== undefined) return known;
  const storage = getMetadataStorage();
  const rules = new Map<string, Rule[]>();
  for (const metadata of storage.getTargetValidationMetadatas(of, '', false, false)) {
    if (metadata.type !== ValidationTypes.CUSTOM_VALIDATION) continue;
    const { propertyName: property, constraints, each } = metadata;
    for (const { name, instance } of storage.getTargetValidatorConstraints(metadata.constraintCls)) {
      const about = { property, constraints, targetName: of.name, object: {} };
      const isMet = (value: unknown) => instance.validate(value, { ...about, value } as ValidationArguments) === true;
      const holds = each ? (value: unknown) => Array.isArray(value) && value.every(isMet) : isMet;
      rules.set(property, [...(rules.get(property) ?? []), { constraint: name, holds }]);
    }
  }
  compiled.set(of, rules);
  return rules;
}
