/** The services of the distributed profile, each with the first words of the message patterns that it takes. */
export const SERVICES = {
  prospects: ['prospects'],
  opportunities: ['opportunities', 'pipelines'],
  accounts: ['accounts', 'clients', 'users', 'teams'],
  interactions: ['interactions'],
  reporting: ['reporting'],
} as const satisfies { readonly [service: string]: readonly string[] };

export type ServiceName = keyof typeof SERVICES;

const takers: ReadonlyMap<string, ServiceName> = new Map(
  (Object.keys(SERVICES) as ServiceName[]).flatMap((service) =>
    SERVICES[service].map((word): [string, ServiceName] => [word, service]),
  ),
);

/** The service that takes messages of this pattern, such as `pipelines.get`; undefined when none does. */
export function serviceOf(pattern: string): ServiceName | undefined {
  return takers.get(pattern.slice(0, pattern.indexOf('.')));
}
