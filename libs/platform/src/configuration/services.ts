import { type Address, address, addresses, type Environment, required } from './environment.js';

/** Where a service takes messages. @throws StartupError naming the variable that is wrong. */
export function listenAddress(environment: Environment): Address {
  return address('SILLAGE_LISTEN', required(environment, 'SILLAGE_LISTEN', 'host:port'));
}

const SERVICE_VARIABLES = {
  prospects: 'SILLAGE_SERVICE_PROSPECTS',
  opportunities: 'SILLAGE_SERVICE_OPPORTUNITIES',
  accounts: 'SILLAGE_SERVICE_ACCOUNTS',
  interactions: 'SILLAGE_SERVICE_INTERACTIONS',
  reporting: 'SILLAGE_SERVICE_REPORTING',
} as const;

type ServiceName = keyof typeof SERVICE_VARIABLES;

export type ServiceAddresses = { readonly [Name in ServiceName]?: readonly Address[] };

/** Where those services are that a process asks. @throws StartupError naming the variable that is wrong. */
export function serviceAddresses(environment: Environment, ...services: readonly ServiceName[]): ServiceAddresses {
  return Object.fromEntries(
    services.map((service) => {
      const name = SERVICE_VARIABLES[service];
      return [service, addresses(name, required(environment, name, 'host:port,host:port'))];
    }),
  );
}
