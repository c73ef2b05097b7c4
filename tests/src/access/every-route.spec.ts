import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { grantFor, isOwned, KNOWN_ROUTES, type RecordTypeName, ROLES, type Role } from '@sillage/contracts';
import { type Asking, askingAt, bodyFor } from './asking.js';
import { type Company, created, foundCompany, OWNERS, type Owner, WITHIN } from './company.js';
import { SillageForPeople } from './sillage-for-people.js';

/** Metrics of a process of its own are on its management port, and tokens are given out by the issuer. */
const ROUTES = KNOWN_ROUTES.filter((route) => route !== 'GET /metrics' && !route.includes('/v1/tokens'));

let sillage: SillageForPeople;
let acme: Company;
let globex: Company;

beforeAll(async () => {
  sillage = await SillageForPeople.start();
  acme = await foundCompany(sillage, 'acme');
  globex = await foundCompany(sillage, 'globex');
}, 30_000);
afterAll(() => sillage?.stop());

const scopeOf = (role: Role, route: string) => grantFor([role], route)?.scope ?? 'none';

const ownersOf = (type: RecordTypeName): readonly Owner[] => (isOwned(type) ? OWNERS : [undefined]);

async function newRecord(company: Company, { type, ofDeleted }: Asking, owner: Owner): Promise<string> {
  const { administrator } = company.as;
  const { id } = await created(administrator, type, await bodyFor(administrator, type, owner));
  if (ofDeleted) await administrator.delete(`/v1/${type}/${id}`, 0);
  return id;
}

describe.each(ROUTES)('%s', (route) => {
  const asking = askingAt(route);
  const { type, about, creating, many } = asking;

  it.each(ROLES)('gives the role %s what the table says', async (role) => {
    const api = acme.as[role];
    const scope = scopeOf(role, route);
    const within: readonly Owner[] = WITHIN[scope];
    if (about !== undefined) {
      for (const owner of ownersOf(type)) {
        const status = await about(api, await newRecord(acme, asking, owner));
        const expected = scope === 'none' ? [403] : within.includes(owner) ? [200, 204] : [404];
        expect([owner, expected]).toEqual([owner, expect.arrayContaining([status])]);
      }
      const foreign = await about(api, await newRecord(globex, asking, undefined));
      expect(foreign).toBe(scope === 'none' ? 403 : 404);
    }
    if (creating !== undefined) {
      for (const owner of ownersOf(type)) {
        const status = await creating(api, await bodyFor(acme.as.administrator, type, owner));
        // Who is within limits becomes the owner of what they leave without one.
        const isAllowed = scope !== 'none' && (within.includes(owner) || owner === undefined);
        expect([owner, status]).toEqual([owner, isAllowed ? 201 : 403]);
      }
    }
    if (many !== undefined) {
      for (const owner of ownersOf(type)) await newRecord(acme, asking, owner);
      const last = await acme.as.administrator.post(
        `/v1/${type}`,
        await bodyFor(acme.as.administrator, type, undefined),
      );
      await acme.as.administrator.getAfter(last, `/v1/${type}`);
      const { answer, owners } = await many(api);
      expect(answer.status).toBe(scope === 'none' ? 403 : 200);
      const expected = scope === 'none' ? [] : ownersOf(type).filter((owner) => within.includes(owner));
      expect(new Set(owners)).toEqual(new Set(expected));
    }
  });

  it('is nobody’s who has no role, or no token', async () => {
    const nobody = await sillage.as('acme', { subject: 'nobody', roles: ['auditor'] });
    if (about !== undefined) expect(await about(nobody, await newRecord(acme, asking, undefined))).toBe(403);
    if (creating !== undefined) expect(await creating(nobody, {})).toBe(403);
    if (many !== undefined) expect((await many(nobody)).answer.status).toBe(403);
  });
});
