import { describe, expect, it } from '@jest/globals';
import { openApiDocument } from '../openapi/index.js';
import { isRecordTypeName, RECORD_TYPE_NAMES, recordFields } from '../records/index.js';
import { REPORTS, type ReportName } from '../reports.js';
import { ACCESS_TABLE } from './access-table.js';
import { HIDDEN_FIELDS, type Shown } from './hidden-fields.js';
import { grantFor, hiddenFrom, KNOWN_ROUTES } from './policy.js';
import { ROLES, type Role } from './roles.js';
import { isOwned } from './routes.js';
import { isWider, type Scope } from './scopes.js';

const documented = Object.entries(openApiDocument({ version: '1.0.0' }).paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, { security }]) => ({
    route: `${method.toUpperCase()} ${path}`,
    isOpen: security?.length === 0,
  })),
);

const scopeOf = (role: Role, route: string): Scope => grantFor([role], route)?.scope ?? 'none';

const hidden = ROLES.flatMap((role) =>
  Object.entries(HIDDEN_FIELDS[role]).map(([shown, fields]) => ({ role, shown: shown as Shown, fields })),
);

describe('the table of access', () => {
  it('has every route of the API that needs a token, once, and no others but the metrics', () => {
    const closed = documented.filter(({ isOpen }) => !isOpen).map(({ route }) => route);
    expect([...KNOWN_ROUTES].sort()).toEqual([...closed, 'GET /metrics'].sort());
  });

  it('gives an administrator everything, and nobody what stands in no row', () => {
    for (const route of KNOWN_ROUTES) expect([route, scopeOf('administrator', route)]).toEqual([route, 'all']);
    expect(grantFor([...ROLES], 'GET /v1/secrets')).toBeUndefined();
    expect(grantFor([], 'GET /v1/prospects')).toBeUndefined();
  });

  it('limits nobody to owners where records have none', () => {
    const unowned = RECORD_TYPE_NAMES.filter((type) => !isOwned(type));
    expect(unowned).toEqual(['pipelines', 'users', 'teams']);
    for (const route of KNOWN_ROUTES.filter((each) => unowned.some((type) => each.includes(`/v1/${type}`)))) {
      for (const role of ROLES) expect(['none', 'all']).toContain(scopeOf(role, route));
    }
  });

  it('judges a mixed batch like a batch of each type that it may hold', () => {
    for (const type of RECORD_TYPE_NAMES) {
      for (const role of ROLES) {
        const scope = scopeOf(role, `POST /v1/${type}/batch`);
        expect(scope === 'none' ? 'none' : scopeOf(role, 'POST /v1/batch')).toBe(scope);
      }
    }
  });
});

describe('somebody with several roles', () => {
  it('asks in the one that reaches furthest', () => {
    const route = 'GET /v1/accounts';
    expect(grantFor(['representative', 'manager'], route)).toEqual({ role: 'manager', scope: 'team' });
    expect(grantFor(['analyst', 'representative'], route)).toEqual({ role: 'analyst', scope: 'all' });
    expect(grantFor(['analyst', 'representative'], 'PATCH /v1/accounts/{id}')).toEqual({
      role: 'representative',
      scope: 'own',
    });
  });

  it('loses nothing by that: who reaches further sees every field that the others see', () => {
    for (const { scopes } of ACCESS_TABLE) {
      for (const wide of ROLES) {
        for (const narrow of ROLES.filter((role) => scopes[role] !== 'none' && isWider(scopes[wide], scopes[role]))) {
          for (const { shown } of hidden) {
            expect(hiddenFrom(narrow, shown)).toEqual(expect.arrayContaining([...hiddenFrom(wide, shown)]));
          }
        }
      }
    }
  });
});

describe.each(hidden)('what a $role does not see of $shown', ({ shown, fields }) => {
  it('is there, can be left out of a record, and is read by no search', () => {
    if (isRecordTypeName(shown)) {
      const specs = recordFields(shown).filter(({ name }) => fields.includes(name));
      expect(specs.map(({ name }) => name)).toEqual(fields);
      for (const { required, searched, of } of specs) {
        expect([required, searched]).toEqual([undefined, undefined]);
        if (of !== undefined) expect(specs.map(({ kind }) => kind)).toEqual(['money']);
      }
    } else {
      const { measures, dimensions }: { measures: object; dimensions: readonly string[] } =
        REPORTS[shown.slice('reports/'.length) as ReportName];
      expect(Object.keys(measures)).toEqual(expect.arrayContaining([...fields]));
      expect(dimensions.filter((name) => fields.includes(name))).toEqual([]);
    }
  });
});
