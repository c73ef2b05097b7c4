import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsEmail,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  IsUrl,
  IsUUID,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  HasDecimalsAtMost,
  HasKeysAtMost,
  HasTextsUpTo,
  IsCurrency,
  IsDateText,
  IsDecimalText,
  IsInstantText,
  IsNotBlank,
  IsOpenObject,
  IsWellFormed,
} from './constraints.js';
import { declareField, type FieldSpec, type FieldsClass } from './field-spec.js';

/** What every field may say of itself, beside what its kind asks for. */
type About = Pick<
  FieldSpec,
  'description' | 'example' | 'required' | 'sortable' | 'searched' | 'personal' | 'readOnly' | 'creationOnly'
>;

/** A short text: at most `limit` characters (default 200), not blank. */
export function Keyword(about: About & { limit?: number }): PropertyDecorator {
  const limit = about.limit ?? 200;
  return field({ ...about, kind: 'keyword', limit }, IsString(), MaxLength(limit), IsNotBlank(), IsWellFormed());
}

/** A long text, of at most `limit` characters (default 50,000). */
export function LongText(about: About & { limit?: number }): PropertyDecorator {
  const limit = about.limit ?? 50_000;
  return field({ ...about, kind: 'text', limit }, IsString(), MaxLength(limit), IsWellFormed());
}

export function Email(about: About): PropertyDecorator {
  const spec = { ...about, kind: 'keyword', limit: 254, format: 'email' } as const;
  return field(spec, IsString(), MaxLength(254), IsEmail({ allow_utf8_local_part: true }), IsWellFormed());
}

/** A web address, with or without its scheme; only http and https, since front-ends make links of it. */
export function WebAddress(about: About): PropertyDecorator {
  const url = IsUrl({ protocols: ['http', 'https'], require_tld: false });
  return field({ ...about, kind: 'keyword', limit: 2_000, format: 'uri' }, IsString(), MaxLength(2_000), url);
}

export function Choice(choices: readonly string[], about: About): PropertyDecorator {
  return field({ ...about, kind: 'choice', choices }, IsString(), IsIn([...choices]));
}

/** A whole number from `minimum` to `maximum`. */
export function WholeNumber(about: About & { minimum: number; maximum: number }): PropertyDecorator {
  return field({ ...about, kind: 'number', decimals: 0 }, IsInt(), Min(about.minimum), Max(about.maximum));
}

/** A number in per cent with at most two decimals. */
export function Percentage(about: About): PropertyDecorator {
  const spec = { ...about, kind: 'number', minimum: 0, maximum: 100, decimals: 2 } as const;
  return field(spec, IsNumber(), HasDecimalsAtMost(2), Min(0), Max(100));
}

export function Instant(about: About): PropertyDecorator {
  return field({ ...about, kind: 'instant' }, IsString(), IsInstantText());
}

export function CalendarDate(about: About): PropertyDecorator {
  return field({ ...about, kind: 'date' }, IsString(), IsDateText());
}

export function Decimal(about: About): PropertyDecorator {
  return field({ ...about, kind: 'keyword', limit: 40, format: 'decimal' }, IsString(), MaxLength(40), IsDecimalText());
}

export function Currency(about: About): PropertyDecorator {
  return field({ ...about, kind: 'keyword', limit: 3, format: 'currency' }, IsString(), IsCurrency());
}

/** The id of a record of another type, named in the plural. */
export function Reference(refersTo: string, about: About): PropertyDecorator {
  return field({ ...about, kind: 'reference', refersTo, format: 'uuid' }, IsString(), IsUUID('all'));
}

/** At most 64 short texts. */
export function Keywords(about: About): PropertyDecorator {
  const each = { each: true };
  return field(
    { ...about, kind: 'keywords', limit: 64, entryLimit: 100 },
    IsArray(),
    ArrayMaxSize(64),
    IsString(each),
    MaxLength(100, each),
    IsNotBlank(each),
    IsWellFormed(each),
  );
}

/** One or several of fixed values, each at most once. */
export function Choices(choices: readonly string[], about: About): PropertyDecorator {
  return field(
    { ...about, kind: 'keywords', choices },
    IsArray(),
    ArrayMinSize(1),
    IsIn([...choices], { each: true }),
    ArrayUnique(),
  );
}

/** An object of at most 64 scalars under free keys. */
export function OpenObject(about: About): PropertyDecorator {
  return field(
    { ...about, kind: 'open', limit: 64, entryLimit: 2_000 },
    IsOpenObject(),
    HasKeysAtMost(64),
    HasTextsUpTo(2_000),
  );
}

/** An object with fields of its own. */
export function Nested(of: FieldsClass, about: About): PropertyDecorator {
  return field({ ...about, kind: 'object', of }, IsObject(), ValidateNested());
}

/** Money of one currency: an object of `value` and `currency`. */
export function MoneyAmount(of: FieldsClass, about: About): PropertyDecorator {
  return field({ ...about, kind: 'money', of }, IsObject(), ValidateNested());
}

/** Between one and `limit` objects with fields of their own, judged one by one when the body is read. */
export function ListOf(of: FieldsClass, about: About & { limit: number }): PropertyDecorator {
  return field({ ...about, kind: 'list', of }, IsArray(), ArrayMinSize(1), ArrayMaxSize(about.limit));
}

function field(spec: Omit<FieldSpec, 'name'>, ...rules: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    declareField(target.constructor as FieldsClass, { ...spec, name: String(property) });
    for (const rule of spec.required ? rules : [IsOptional(), ...rules]) rule(target, property);
  };
}
