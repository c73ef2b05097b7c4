import type { EventStore } from '@sillage/event-store';
import { defaultPipelineId, newId, type Pipeline, Records } from '@sillage/kernel';
import { DEFAULT_PIPELINES } from '@sillage/pipelines/domain';
import { RECORD_TYPES } from '@sillage/record-types';
import { toOpportunity } from '../contenders/sillage.js';
import { sampleRecord } from '../sample/records.js';

/** What EventStoreDB takes at once without getting slower. */
const IN_FLIGHT = 64;

const ACTOR = 'bench';

/**
 * Begins opportunities, one event each, as the service does but without the ways there: what comes behind the store is
 * measured with many events, which need not be written through a gateway.
 * @param tenants take turns
 */
export async function fillStore(store: EventStore, tenants: readonly string[], count: number): Promise<void> {
  const type = RECORD_TYPES.find(({ name }) => name === 'opportunity');
  if (type === undefined) throw new Error('there are no opportunities');
  const directory = { missing: async () => [], pipeline: async (tenant: string) => pipelineOf(tenant) };
  const records = new Records(type, { streams: store, directory, now: Date.now });
  let begun = 0;
  const writeOn = async (): Promise<void> => {
    while (begun < count) {
      const index = begun;
      begun += 1;
      const tenant = tenants[index % tenants.length] as string;
      const context = { tenant, actor: ACTOR, correlationId: newId(), deadline: Date.now() + 60_000 };
      await records.create(context, {
        id: newId(),
        commandId: newId(),
        fields: { ...toOpportunity(sampleRecord(index)) },
      });
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, writeOn));
}

function pipelineOf(tenant: string): Pipeline {
  return { id: defaultPipelineId(tenant, 'opportunities'), ...DEFAULT_PIPELINES.opportunities };
}
