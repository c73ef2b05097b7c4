import type { Decimal } from './decimal.js';
import { ONE, parseDecimal } from './decimal.js';
import {
  type FieldRule,
  type ImportedType,
  type Mapping,
  pipelineExternalId,
  type Source,
  type Target,
} from './mapping.js';
import { type Fillable, fillable, fillableNames } from './targets.js';
import { columnTemplate, parseTemplate, type Template } from './template.js';
import type { Members, YamlPlace } from './yaml-place.js';

const OPTIONS = [
  'column',
  'template',
  'value',
  'pipeline',
  'values',
  'others',
  'when',
  'scale',
  'currency',
  'separator',
  'as',
] as const;

type Option = (typeof OPTIONS)[number];

/** What a rule may refer to in the rest of the mapping. */
export type RuleContext = Pick<Mapping, 'name' | 'pipelines'> & { readonly type: ImportedType };

/**
 * Reads the rule of one field: the name of a column, or a map of options.
 * @throws Failure that names the place and what is wrong there.
 */
export function readFieldRule(name: string, place: YamlPlace, context: RuleContext): FieldRule {
  const field = fillable(context.type, name);
  if (field === undefined) {
    throw place.wrong(`${context.type} have no field "${name}", only ${fillableNames(context.type).join(', ')}`);
  }
  if (place.isText) {
    const source = { from: 'row', template: columnTemplate(place.text()) } as const;
    return { path: field.path, source, values: undefined, when: undefined, target: targetOf(field, noOptions, place) };
  }
  const options = place.members(...OPTIONS);
  refuseStrangers(field, options);
  return {
    path: field.path,
    source: readSource(options, place, field, context),
    values: readValues(options),
    when: readWhen(options.optional('when')),
    target: targetOf(field, options, place),
  };
}

/** A text that is one column's name, or a template where it has braces. */
export function readColumnOrTemplate(place: YamlPlace): Template {
  return /[{}]/.test(place.text()) ? readTemplate(place) : columnTemplate(place.text());
}

function readTemplate(place: YamlPlace): Template {
  try {
    return parseTemplate(place.text());
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw place.wrong(error.message);
  }
}

function readSource(options: Members<Option>, place: YamlPlace, field: Fillable, context: RuleContext): Source {
  const given = (['column', 'template', 'value', 'pipeline'] as const).filter((name) => options.optional(name));
  const [name, more] = given;
  if (name === undefined || more !== undefined) throw place.wrong('give one of column, template, value, pipeline');
  const from = options.required(name);
  switch (name) {
    case 'column':
      return { from: 'row', template: columnTemplate(from.text()) };
    case 'template':
      return { from: 'row', template: readTemplate(from) };
    case 'value':
      return { from: 'mapping', text: from.text() };
    case 'pipeline': {
      const pipeline = context.pipelines.find(({ key }) => key === from.text());
      if (field.refersTo !== 'pipelines') throw from.wrong('only pipelineId can be a pipeline');
      if (pipeline === undefined) throw from.wrong(`"${from.text()}" is none of the pipelines of this mapping`);
      if (pipeline.appliesTo !== context.type)
        throw from.wrong(`"${from.text()}" is a pipeline for ${pipeline.appliesTo}`);
      return { from: 'mapping', text: pipelineExternalId(context, pipeline.key) };
    }
    default:
      return name satisfies never;
  }
}

function readValues(options: Members<Option>): FieldRule['values'] {
  const values = options.optional('values');
  const others = options.optional('others');
  if (values === undefined) {
    if (others !== undefined) throw others.wrong('"others" is about values that are not in "values", which is missing');
    return undefined;
  }
  const by = new Map(values.entries().map(([text, place]) => [text, place.text()]));
  return { by, others: others?.choice(['refuse', 'keep']) ?? 'refuse' };
}

function readWhen(place: YamlPlace | undefined): FieldRule['when'] {
  if (place === undefined) return undefined;
  const [condition, more] = place.entries();
  if (condition === undefined || more !== undefined) throw place.wrong('give one column with the list of its values');
  const [column, values] = condition;
  return { column, values: new Set(values.list().map((value) => value.text())) };
}

function targetOf(field: Fillable, options: Pick<Members<Option>, 'optional'>, place: YamlPlace): Target {
  switch (field.kind) {
    case 'text':
    case 'date':
    case 'instant':
      return { kind: field.kind };
    case 'texts':
      return { kind: 'texts', separator: options.optional('separator')?.text() ?? ';' };
    case 'number':
      return { kind: 'number', form: field.whole ? 'whole' : 'decimal', scale: readScale(options.optional('scale')) };
    case 'money': {
      const currency = options.optional('currency');
      if (currency === undefined)
        throw place.wrong('money needs a currency: give "currency: EUR" or "currency: {column: …}"');
      return { kind: 'money', scale: readScale(options.optional('scale')), currency: readCurrency(currency) };
    }
    case 'reference':
      return { kind: 'reference', to: referredType(field, place) };
    case 'open':
      return openTarget(options);
    default:
      return field.kind satisfies never;
  }
}

function openTarget(options: Pick<Members<Option>, 'optional'>): Target {
  const as = options.optional('as')?.choice(['text', 'number', 'boolean']) ?? 'text';
  return as === 'number'
    ? { kind: 'number', form: 'decimal', scale: readScale(options.optional('scale')) }
    : { kind: as };
}

function readCurrency(place: YamlPlace): Source {
  if (place.isText) return { from: 'mapping', text: place.text() };
  return { from: 'row', template: columnTemplate(place.members('column').required('column').text()) };
}

function readScale(place: YamlPlace | undefined): Decimal {
  if (place === undefined) return ONE;
  const scale = parseDecimal(place.text());
  if (scale === undefined || scale.digits <= 0n) throw place.wrong(`"${place.text()}" is no positive decimal number`);
  return scale;
}

function referredType(field: Fillable, place: YamlPlace) {
  const types = ['accounts', 'clients', 'prospects', 'opportunities', 'pipelines'] as const;
  const type = types.find((candidate) => candidate === field.refersTo);
  if (type === undefined) throw place.wrong(`"${field.path.join('.')}" cannot be imported`);
  return type;
}

const noOptions: Pick<Members<Option>, 'optional'> = { optional: () => undefined };

/** Options that only some kinds of field can use: one that would do nothing is a mistake. */
const ONLY_FOR = [
  { option: 'scale', kinds: ['number', 'money', 'open'] },
  { option: 'currency', kinds: ['money'] },
  { option: 'separator', kinds: ['texts'] },
  { option: 'as', kinds: ['open'] },
] as const satisfies readonly { option: Option; kinds: readonly Fillable['kind'][] }[];

function refuseStrangers(field: Fillable, options: Members<Option>): void {
  for (const { option, kinds } of ONLY_FOR) {
    const fits: readonly Fillable['kind'][] = kinds;
    const place = options.optional(option);
    if (place !== undefined && !fits.includes(field.kind))
      throw place.wrong(`it means nothing for ${field.path.join('.')}`);
  }
}
