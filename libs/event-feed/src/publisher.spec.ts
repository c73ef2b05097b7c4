import { describe, expect, it } from '@jest/globals';
import { newId, Records } from '@sillage/kernel';
import { MemoryStreams, note } from '@sillage/kernel/testing';
import { Publisher } from './publisher.js';

async function lifeOfANote() {
  const streams = new MemoryStreams();
  const directory = { missing: async () => [], pipeline: async () => undefined };
  const records = new Records(note, { streams, directory, now: () => Date.parse('2026-03-01T09:00:00Z') });
  const context = { tenant: 'acme', actor: 'ann', correlationId: 'r1', deadline: Number.MAX_SAFE_INTEGER };
  const id = newId();
  await records.create(context, { id, commandId: newId(), fields: { title: 'One', externalId: 'x' } });
  await records.change(context, { id, commandId: newId(), patch: { title: 'Two', body: 'b' }, expected: 0 });
  await records.delete(context, { id, commandId: newId(), expected: 2 });
  return { id, streams, stored: streams.log };
}

describe('the public form of an event', () => {
  it('is a CloudEvent with the whole record after the change, and the changes', async () => {
    const { id, streams, stored } = await lifeOfANote();
    const events = await new Publisher([note], streams).publish(stored);
    expect(events.map(({ type }) => type)).toEqual([
      'sillage.note.created.v1',
      'sillage.note.renamed.v1',
      'sillage.note.revised.v1',
      'sillage.note.deleted.v1',
    ]);
    const renamed = stored[2];
    expect(events[1]).toEqual({
      specversion: '1.0',
      id: renamed?.id,
      source: '/v1/notes',
      type: 'sillage.note.renamed.v1',
      subject: `notes/${id}`,
      time: '2026-03-01T09:00:00.000Z',
      datacontenttype: 'application/json',
      data: {
        record: expect.objectContaining({ id, title: 'Two', externalId: 'x', revision: 1 }),
        changes: [{ field: 'title', from: 'One', to: 'Two' }],
      },
      tenant: 'acme',
      position: renamed?.position,
      revision: 1,
      correlationid: 'r1',
      causationid: renamed?.metadata.causationId,
      actor: 'ann',
    });
    expect(events[3]?.data.changes).toEqual([{ field: 'deletedAt', from: null, to: '2026-03-01T09:00:00.000Z' }]);
  });

  it('leaves out what is nobody’s business: the claim of an external id', async () => {
    const { streams, stored } = await lifeOfANote();
    expect(stored[0]?.type).toBe('ExternalIdClaimed');
    expect(await new Publisher([note], streams).publish(stored.slice(0, 1))).toEqual([]);
  });

  it('is the same wherever the reader begins', async () => {
    const { streams, stored } = await lifeOfANote();
    const whole = await new Publisher([note], streams).publish(stored);
    const last = await new Publisher([note], streams).publish(stored.slice(-1));
    expect(last).toEqual(whole.slice(-1));
    const again = new Publisher([note], streams);
    await again.publish(stored);
    expect(await again.publish(stored)).toEqual(whole);
  });
});
