import { readFile } from 'node:fs/promises';
import { unreadable } from '../unreadable-file.js';
import { isTimeZone } from './instants.js';
import type { FieldRule, FileMapping, Mapping, PipelineMapping } from './mapping.js';
import { readColumnOrTemplate, readFieldRule } from './read-field.js';
import { isImportedType, requiredFields } from './targets.js';
import { YamlPlace } from './yaml-place.js';

/**
 * Loads a mapping and checks all of it that can be checked without the data.
 * @throws Failure that names the place in the file.
 */
export async function loadMapping(path: string): Promise<Mapping> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw unreadable(path, error);
  });
  return readMapping(path, text);
}

/** @param name of the file, for messages */
export function readMapping(name: string, text: string): Mapping {
  const top = YamlPlace.top(name, text);
  const members = top.members('name', 'timeZone', 'pipelines', 'files');
  const timeZone = members.optional('timeZone');
  if (timeZone !== undefined && !isTimeZone(timeZone.text()))
    throw timeZone.wrong(`"${timeZone.text()}" is no time zone`);
  const head = {
    name: members.required('name').text(),
    timeZone: timeZone?.text() ?? 'UTC',
    pipelines: (members.optional('pipelines')?.entries() ?? []).map(([key, place]) => readPipeline(key, place)),
  };
  return {
    ...head,
    files: members
      .required('files')
      .list()
      .map((place) => readFileMapping(place, head)),
  };
}

function readPipeline(key: string, place: YamlPlace): PipelineMapping {
  const members = place.members('name', 'appliesTo', 'stages');
  return {
    key,
    name: members.required('name').text(),
    appliesTo: members.required('appliesTo').choice(['prospects', 'opportunities']),
    stages: members.required('stages').list().map(readStage),
  };
}

function readStage(place: YamlPlace): PipelineMapping['stages'][number] {
  const members = place.members('key', 'name', 'probability', 'kind');
  const probability = members.required('probability');
  if (!/^\d+(\.\d+)?$/.test(probability.text())) throw probability.wrong('per cent are wanted here: 0 to 100');
  return {
    key: members.required('key').text(),
    name: members.required('name').text(),
    probability: Number(probability.text()),
    kind: members.required('kind').choice(['open', 'won', 'lost']),
  };
}

function readFileMapping(place: YamlPlace, head: Omit<Mapping, 'files'>): FileMapping {
  const members = place.members('file', 'type', 'delimiter', 'empty', 'externalId', 'fields');
  const type = members.required('type');
  const typeName = type.text();
  if (!isImportedType(typeName)) throw type.wrong(`"${typeName}" is no type of record that can be imported`);
  const delimiter = members.optional('delimiter');
  if (delimiter !== undefined && !/^[^"\r\n]$/.test(delimiter.text()))
    throw delimiter.wrong('one character is wanted here');
  const context = { ...head, type: typeName };
  const fields = members.required('fields');
  const rules = fields.entries().map(([name, rule]) => readFieldRule(name, rule, context));
  refuseIncomplete(fields, typeName, rules);
  return {
    file: members.required('file').text(),
    type: typeName,
    delimiter: delimiter?.text() ?? ',',
    empty: new Set((members.optional('empty')?.list() ?? []).map((value) => value.text())),
    externalId: readColumnOrTemplate(members.required('externalId')),
    fields: rules,
  };
}

function refuseIncomplete(place: YamlPlace, type: FileMapping['type'], rules: readonly FieldRule[]): void {
  const missing = requiredFields(type).filter((name) => !rules.some(({ path }) => path[0] === name));
  if (missing.length > 0) throw place.wrong(`${type} need ${missing.join(', ')}`);
}
