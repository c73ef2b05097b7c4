import { StartupError } from './startup-error.js';

/** How the embedded profile is run. */
export interface EmbeddedConfiguration {
  /** Where everything is kept. */
  readonly dataDirectory: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
}

type Environment = { readonly [name: string]: string | undefined };

/** @throws StartupError naming the variable that is wrong. */
export function embeddedConfiguration(environment: Environment): EmbeddedConfiguration {
  return {
    dataDirectory: environment.SILLAGE_DATA_DIR || '.sillage',
    host: environment.SILLAGE_HOST || '127.0.0.1',
    port: wholeNumber('SILLAGE_PORT', environment.SILLAGE_PORT || '3000', 65_535),
  };
}

function wholeNumber(name: string, text: string, maximum: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > maximum) {
    throw new StartupError(`${name} must be a whole number from 0 to ${maximum}, not "${text}"`);
  }
  return value;
}
