import {
  type Change,
  type Fault,
  type Fields,
  fault,
  notPossible,
  type RecordType,
  type Stage,
  tellByField,
} from '@sillage/kernel';
import { PipelineEvents } from './events.js';

/** The stages that prospects or opportunities move through. */
export const pipeline: RecordType = {
  name: 'pipeline',
  plural: 'pipelines',
  events: PipelineEvents,
  references: {},
  money: [],
  upcasters: {},

  settle({ before, wanted }: Change): Fields {
    const faults = [...stageFaults(wanted.stages as readonly Stage[])];
    // Records that are in it would be in a pipeline of another type.
    if (before !== undefined && before.appliesTo !== wanted.appliesTo) faults.push(fault('appliesTo', 'read-only'));
    if (faults.length > 0) throw notPossible(...faults);
    return wanted;
  },

  tell: tellByField([{ type: PipelineEvents.stagesRevised, fields: ['stages'] }], PipelineEvents.detailsRevised),
};

function stageFaults(stages: readonly Stage[]): readonly Fault[] {
  const keys = stages.map(({ key }) => key);
  const repeated = keys.flatMap((key, index) =>
    keys.indexOf(key) < index ? [fault(`stages[${index}].key`, 'duplicate', { value: key })] : [],
  );
  const open = stages.some(({ kind }) => kind === 'open');
  return open ? repeated : [...repeated, fault('stages', 'no-open-stage')];
}
