import { StartupError } from '../process/startup-error.js';
import type { Variable } from './variables.js';

export type Environment = { readonly [name: string]: string | undefined };

/** Where a process listens, or another one does. */
export interface Address {
  /** A name, or an IP address without brackets. */
  readonly host: string;
  readonly port: number;
}

/** The value of a variable; undefined when it is not set or empty. */
export function given(environment: Environment, name: Variable): string | undefined {
  return environment[name]?.trim() || undefined;
}

/** @throws StartupError when it is not set. */
export function required(environment: Environment, name: Variable, example: string): string {
  const value = given(environment, name);
  if (value === undefined) throw new StartupError(`${name} is not set; it is to be of the form ${example}`);
  return value;
}

export function flag(environment: Environment, name: Variable): boolean {
  const value = given(environment, name) ?? 'false';
  if (value === 'true') return true;
  if (value === 'false') return false;
  throw new StartupError(`${name} must be true or false, not "${value}"`);
}

export function port(name: Variable, text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_535) {
    throw new StartupError(`${name} must be a whole number from 0 to 65535, not "${text}"`);
  }
  return value;
}

/** Reads `host:port`, with the host in brackets when it is an IPv6 address. */
export function address(name: Variable, text: string): Address {
  const [, bracketed, plain, digits] = /^(?:\[([\da-f:.]+)\]|([^\s:/@[\]]+)):(\d{1,5})$/i.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || digits === undefined) {
    throw new StartupError(`${name} must be of the form host:port, not "${text}"`);
  }
  return { host, port: port(name, digits) };
}

/** Reads `host:port,host:port`. */
export function addresses(name: Variable, text: string): readonly Address[] {
  return text.split(',').map((one) => address(name, one.trim()));
}

/**
 * Reads a URL of one of these protocols (`https:`). What is wrong with it is told without the URL, which may hold a
 * password.
 */
export function url(name: Variable, text: string, protocols: readonly string[]): URL {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (parsed === undefined || !protocols.includes(parsed.protocol)) {
    throw new StartupError(`${name} must be a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`);
  }
  return parsed;
}
