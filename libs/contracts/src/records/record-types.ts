import { type FieldSpec, type FieldsClass, fieldsOf } from '../fields/index.js';
import { AccountInput } from './account.js';
import { ClientInput } from './client.js';
import { CommonOutput } from './common.js';
import { InteractionInput } from './interaction.js';
import { OpportunityInput } from './opportunity.js';
import { PipelineInput } from './pipeline.js';
import { ProspectInput } from './prospect.js';
import { TeamInput } from './team.js';
import { UserInput } from './user.js';

/** The record types as the public API names them, with what can be given for each. */
export const RECORD_TYPES = {
  prospects: { singular: 'prospect', input: ProspectInput },
  opportunities: { singular: 'opportunity', input: OpportunityInput },
  accounts: { singular: 'account', input: AccountInput },
  clients: { singular: 'client', input: ClientInput },
  interactions: { singular: 'interaction', input: InteractionInput },
  pipelines: { singular: 'pipeline', input: PipelineInput },
  users: { singular: 'user', input: UserInput },
  teams: { singular: 'team', input: TeamInput },
} as const satisfies { [plural: string]: { singular: string; input: FieldsClass } };

export type RecordTypeName = keyof typeof RECORD_TYPES;

export const RECORD_TYPE_NAMES = Object.keys(RECORD_TYPES) as readonly RecordTypeName[];

export function isRecordTypeName(text: string): text is RecordTypeName {
  return Object.hasOwn(RECORD_TYPES, text);
}

/** The types whose records are persons. */
export const PERSON_TYPES = ['prospects', 'clients'] as const satisfies readonly RecordTypeName[];

export type PersonType = (typeof PERSON_TYPES)[number];

export function isPersonType(type: RecordTypeName): type is PersonType {
  return PERSON_TYPES.some((known) => known === type);
}

/** The types whose records are about persons: these themselves, or what concerns them. */
const ABOUT_PERSONS: readonly RecordTypeName[] = [...PERSON_TYPES, 'interactions'];

export function isAboutPersons(type: RecordTypeName): boolean {
  return ABOUT_PERSONS.includes(type);
}

/** The names of the fields of a type that may say something of a person; none where its records are about no person. */
export function personalFields(type: RecordTypeName): readonly string[] {
  const given = isAboutPersons(type) ? fieldsOf(RECORD_TYPES[type].input) : [];
  return given.filter(({ personal }) => personal).map(({ name }) => name);
}

const FORGOTTEN_AT: FieldSpec = {
  name: 'forgottenAt',
  kind: 'instant',
  description: 'When its personal fields were erased, for ever; absent while they are not',
  readOnly: true,
};

const STAGE_KIND: FieldSpec = {
  name: 'stageKind',
  kind: 'choice',
  choices: ['open', 'won', 'lost'],
  description: 'Kind of the stage as it was when the record entered it',
  readOnly: true,
};

/** Every field that a record of this type may show: its own, then those that all records have. */
export function recordFields(type: RecordTypeName): readonly FieldSpec[] {
  const given = fieldsOf(RECORD_TYPES[type].input).filter(({ creationOnly }) => !creationOnly);
  const moves = given.some(({ name }) => name === 'stage');
  const forgettable = isAboutPersons(type) ? [FORGOTTEN_AT] : [];
  return [...given, ...(moves ? [STAGE_KIND] : []), ...fieldsOf(CommonOutput), ...forgettable];
}
