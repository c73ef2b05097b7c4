import { defaultPipelineId, fromMinorUnits, type JsonObject } from '@sillage/kernel';
import fc from 'fast-check';
import { TestLog } from './test-log.js';

export const TENANTS = ['acme', 'globex'] as const;

const OWNERS = ['Ana', 'Éric', 'zoe', null] as const;
const SOURCES = ['trade fair', '=web', null] as const;
const CURRENCIES = ['EUR', 'USD', 'JPY', 'KWD'] as const;
const DATES = ['2026-01-31', '2026-02-01', '2026-02-28', '2027-01-01', null] as const;
const INSTANTS = ['2026-01-31T23:59:59.999Z', '2026-02-01T00:00:00.000Z', '2026-12-31T12:00:00.000Z', null] as const;
const STAGES = [
  ['first', 'open'],
  ['second', 'open'],
  ['won', 'won'],
  ['lost', 'lost'],
] as const;

/** What happens to one record of a few. */
interface Happening {
  readonly tenant: string;
  readonly type: string;
  readonly which: number;
  readonly changes: JsonObject;
  readonly account: number;
  readonly client: number;
  readonly isBroken: boolean;
}

const money = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.nat({ max: 999_999_999_999_999 }), fc.constantFrom(...CURRENCIES))
      .map(([minor, currency]) => ({ value: fromMinorUnits(BigInt(minor), currency), currency })),
  },
);

const stage = fc.constantFrom(...STAGES).map(([key, stageKind]) => ({ stage: key, stageKind }));
const owner = fc.constantFrom(...OWNERS);
const source = fc.constantFrom(...SOURCES);
const isDeleted = fc.constantFrom(null, null, null, '2026-03-01T00:00:00.000Z');

const changes = {
  prospects: fc
    .record({ stage, owner, source, deletedAt: isDeleted })
    .map(({ stage, ...rest }) => ({ ...stage, ...rest })),
  opportunities: fc
    .record({
      stage,
      owner,
      source,
      amount: money,
      probability: fc.nat({ max: 10_000 }).map((hundredths) => hundredths / 100),
      expectedCloseDate: fc.constantFrom(...DATES),
      closedAt: fc.constantFrom(...INSTANTS),
      deletedAt: isDeleted,
    })
    .map(({ stage, ...rest }) => ({ ...stage, ...rest })),
  accounts: fc.record({
    name: fc.constantFrom('Acme', 'Sillons & Fils', '+Plus'),
    industry: fc.constantFrom('retail', 'farming', null),
    owner,
    annualRevenue: money,
    deletedAt: isDeleted,
  }),
  clients: fc.record({ name: fc.constantFrom('Zoë', 'Ada'), deletedAt: isDeleted }),
};

const happening: fc.Arbitrary<Happening> = fc
  .constantFrom(
    'prospects' as const,
    'opportunities' as const,
    'opportunities' as const,
    'accounts' as const,
    'clients' as const,
  )
  .chain((type) =>
    fc.record({
      tenant: fc.constantFrom(...TENANTS),
      type: fc.constant(type),
      which: fc.nat({ max: 4 }),
      changes: changes[type] as fc.Arbitrary<JsonObject>,
      account: fc.nat({ max: 5 }),
      client: fc.nat({ max: 2 }),
      isBroken: fc.constant(false),
    }),
  );

/** Now and then an event that cannot be folded. */
const anyHappening = fc.oneof(
  { weight: 20, arbitrary: happening },
  { weight: 1, arbitrary: happening.map((each) => ({ ...each, isBroken: true })) },
);

/** A log of two tenants whose few records change, move, are deleted and restored; every event can be folded. */
export const crmLog: fc.Arbitrary<TestLog> = fc.array(happening, { maxLength: 60 }).map(logOf);

/** The same, with events that cannot be folded among them. */
export const crmLogWithPoison: fc.Arbitrary<TestLog> = fc.array(anyHappening, { maxLength: 60 }).map(logOf);

function logOf(happenings: readonly Happening[]): TestLog {
  const log = new TestLog();
  for (const tenant of TENANTS) begin(log, tenant);
  for (const { tenant, type, which, changes, account, client, isBroken } of happenings) {
    const subject = `${type}/${idOf(type, which)}`;
    if (isBroken) {
      log.tellBroken(subject, { id: idOf(type, which) }, tenant);
      continue;
    }
    const links =
      type === 'opportunities' ? { accountId: linkTo('accounts', account), clientId: linkTo('clients', client) } : {};
    const pipeline =
      type === 'prospects' || type === 'opportunities' ? { pipelineId: pipelineOf(tenant, type, which) } : {};
    log.tell(subject, { name: `${type} ${which}`, ...changes, ...links, ...pipeline }, { tenant });
  }
  return log;
}

/** Pipelines, and the accounts and clients that opportunities refer to. */
function begin(log: TestLog, tenant: string): void {
  for (const appliesTo of ['prospects', 'opportunities'] as const) {
    // The later one comes first in the order of stages, being the default.
    for (const [which, stages] of [
      [1, ['lost', 'won', 'second', 'first']] as const,
      [0, ['first', 'second', 'won', 'lost']] as const,
    ]) {
      const id = pipelineOf(tenant, appliesTo, which);
      log.tell(`pipelines/${id}`, { name: id, appliesTo, stages: stages.map((key) => ({ key })) }, { tenant });
    }
  }
  for (const which of [0, 1, 2, 3, 4])
    log.tell(`accounts/${idOf('accounts', which)}`, { name: `Account ${which}` }, { tenant });
  for (const which of [0, 1]) log.tell(`clients/${idOf('clients', which)}`, { name: `Client ${which}` }, { tenant });
}

export function pipelineOf(tenant: string, appliesTo: 'prospects' | 'opportunities', which: number): string {
  return which % 2 === 0
    ? defaultPipelineId(tenant, appliesTo)
    : idOf(appliesTo === 'prospects' ? 'pipelines' : 'pipelines-2', which % 2);
}

const NUMBERS: readonly string[] = ['prospects', 'opportunities', 'accounts', 'clients', 'pipelines', 'pipelines-2'];

/** A UUID for a type and a number. */
export function idOf(type: string, which: number): string {
  return `00000000-0000-4000-8${String(NUMBERS.indexOf(type)).padStart(3, '0')}-${String(which).padStart(12, '0')}`;
}

function linkTo(type: 'accounts' | 'clients', which: number): string | null {
  return which === (type === 'accounts' ? 5 : 2) ? null : idOf(type, which);
}
