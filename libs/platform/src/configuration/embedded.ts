import { type Address, type Environment, given, port } from './environment.js';

/** How the embedded profile is run. */
export interface EmbeddedConfiguration {
  /** Where everything is kept. */
  readonly dataDirectory: string;
  readonly http: Address;
}

/** @throws StartupError naming the variable that is wrong. */
export function embeddedConfiguration(environment: Environment): EmbeddedConfiguration {
  return { dataDirectory: given(environment, 'SILLAGE_DATA_DIR') ?? '.sillage', http: httpAddress(environment) };
}

/** Where the public API is served; port 0 takes any free one. */
export function httpAddress(environment: Environment): Address {
  return { host: httpHost(environment), port: port('SILLAGE_PORT', given(environment, 'SILLAGE_PORT') ?? '3000') };
}

export function httpHost(environment: Environment): string {
  return given(environment, 'SILLAGE_HOST') ?? '127.0.0.1';
}
