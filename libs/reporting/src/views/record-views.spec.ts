import { describe, expect, it } from '@jest/globals';
import { RECORD_VIEWS, recordView } from './record-views.js';

describe('the view of a record type', () => {
  it('has the fields of the type, then those of all records, as filters know them', () => {
    expect(recordView('interactions').fields).toMatchObject({
      kind: { kind: 'keyword', sortable: true, choices: ['call', 'email', 'meeting', 'note'] },
      date: { kind: 'instant', sortable: true },
      subject: { kind: 'keyword', sortable: true, searched: true },
      notes: { kind: 'text', searched: true },
      clientId: { kind: 'reference' },
      tags: { kind: 'keywords', searched: true },
      custom: { kind: 'open' },
      createdAt: { kind: 'instant', sortable: true },
      updatedBy: { kind: 'keyword' },
    });
  });

  it('reaches into objects, but not into lists', () => {
    expect(RECORD_VIEWS.clients.fields['address.city']).toEqual({ kind: 'keyword', searched: true });
    expect(RECORD_VIEWS.clients.fields.address).toBeUndefined();
    expect(RECORD_VIEWS.pipelines.fields.stages).toBeUndefined();
    expect(RECORD_VIEWS.accounts.fields.annualRevenue).toEqual({ kind: 'money', sortable: true });
  });

  it('tells of a record that moves through stages how the stage counted', () => {
    const stageKind = { kind: 'keyword', choices: ['open', 'won', 'lost'] };
    expect(RECORD_VIEWS.prospects.fields.stageKind).toEqual(stageKind);
    expect(RECORD_VIEWS.opportunities.fields.stageKind).toEqual(stageKind);
    expect(RECORD_VIEWS.accounts.fields.stageKind).toBeUndefined();
  });
});
