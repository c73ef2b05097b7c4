import { defaultPipelineId, isJsonObject, type JsonObject, type Pipeline } from '@sillage/kernel';
import type { ViewReader } from '@sillage/view-store';

/** A pipeline as far as its order goes. */
export interface StageSequence {
  readonly id: string;
  /** Keys of its stages. */
  readonly stages: readonly string[];
}

const PAGE = 200;

/** The pipelines of prospects or opportunities: the default one, then the others by creation, deleted ones included. */
export async function readPipelines(
  reader: ViewReader,
  tenant: string,
  appliesTo: Pipeline['appliesTo'],
): Promise<readonly StageSequence[]> {
  const found = (
    await Promise.all([false, true].map((deleted) => pipelines(reader, tenant, appliesTo, deleted)))
  ).flat();
  const first = defaultPipelineId(tenant, appliesTo);
  const order = ({ id, createdAt }: JsonObject) => (id === first ? '' : `${createdAt} ${id}`);
  return found
    .sort((a, b) => (order(a) < order(b) ? -1 : 1))
    .map(({ id, stages }) => ({ id: String(id), stages: keysOf(stages) }));
}

async function pipelines(
  reader: ViewReader,
  tenant: string,
  appliesTo: Pipeline['appliesTo'],
  deleted: boolean,
): Promise<readonly JsonObject[]> {
  const found: JsonObject[] = [];
  const query = {
    tenant,
    conditions: [{ field: 'appliesTo', operator: 'in' as const, values: [appliesTo] }],
    words: [],
    deleted,
    sort: { field: 'createdAt', descending: false },
    limit: PAGE,
  };
  let page = await reader.find('pipelines', query);
  for (;;) {
    found.push(...page.documents.map((document) => JSON.parse(document) as JsonObject));
    if (page.next === undefined) return found;
    page = await reader.find('pipelines', { ...query, after: page.next });
  }
}

function keysOf(stages: JsonObject[string] | undefined): readonly string[] {
  if (!Array.isArray(stages)) return [];
  return stages.flatMap((stage) => (isJsonObject(stage) && typeof stage.key === 'string' ? [stage.key] : []));
}
