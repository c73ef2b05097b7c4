/** The stages that both sides know. A record is won one time in ten. */
export type Stage = 'prospecting' | 'qualification' | 'proposal' | 'won';

/** What both sides are given to keep. */
export interface SampleRecord {
  readonly name: string;
  readonly owner: string;
  /** Minor units of one currency. */
  readonly amount: number;
  readonly stage: Stage;
}

export const ACTIONS = words('Renewal Upgrade Migration Extension Pilot Rollout Audit Training Relocation Replacement');
export const PRODUCTS = words(
  'licences servers terminals sensors gateways turbines compressors conveyors forklifts printers ' +
    'scanners cameras batteries inverters chillers pumps valves filters lathes presses',
);
export const COMPANIES = words(
  'Acme Betasol Cancity Dambase Finhigh Goodsil Hatfan Initech Kinnamp Lexiqvo ' +
    'Massive Newex Ontomedia Plexzap Qualitern Rangreen Silis Treequote Umbrella Vehement ' +
    'Warephase Xonobank Yearin Zathunicon Bluth Condax Domzoom Fasehat Groovestreet Isdom',
);
export const CITIES = words(
  'Amiens Bergen Cordoba Dresden Exeter Florence Graz Hamburg Istres Jena Kiel Lyon Malaga ' +
    'Nantes Odense Porto Quimper Rouen Seville Turin Uppsala Verona Warsaw Ypres Zagreb',
);
const OWNERS = words('Moses Darcel Zane Anna Vicki Markita Niesha James Corliss Hayden Gladys Boris', ' Snelling');
const STAGES: readonly Stage[] = [
  ...Array<Stage>(4).fill('prospecting'),
  ...Array<Stage>(3).fill('qualification'),
  ...Array<Stage>(2).fill('proposal'),
  'won',
];

/**
 * The record of an index: the same every time, so that both sides keep the same and nobody has to hold them all.
 * The indexes of its words are independent of each other; every name is some six words long.
 */
export function sampleRecord(index: number): SampleRecord {
  const action = pick(ACTIONS, index, 1);
  const product = pick(PRODUCTS, index, 2);
  const company = pick(COMPANIES, index, 3);
  const city = pick(CITIES, index, 4);
  return {
    name: `${action} of ${10 + (mix(index, 5) % 490)} ${product} for ${company} ${city}`,
    owner: pick(OWNERS, index, 6),
    amount: 10_000 + (mix(index, 7) % 5_000_000),
    stage: pick(STAGES, index, 8),
  };
}

/** How many of the first `count` records are in each stage: what a report by stage has to say. */
export function recordsByStage(count: number): ReadonlyMap<string, number> {
  const byStage = new Map<string, number>();
  for (let index = 0; index < count; index += 1) {
    const { stage } = sampleRecord(index);
    byStage.set(stage, (byStage.get(stage) ?? 0) + 1);
  }
  return byStage;
}

export function pick<T>(choices: readonly T[], index: number, salt: number): T {
  return choices[mix(index, salt) % choices.length] as T;
}

/** MurmurHash3's finalizer: neighbouring indexes give unrelated numbers. */
function mix(index: number, salt: number): number {
  let hash = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(salt, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function words(text: string, suffix = ''): readonly string[] {
  return text.split(' ').map((word) => word + suffix);
}
