/** What takes messages over TCP. */
export const SERVICES: readonly string[] = ['prospects', 'opportunities', 'accounts', 'interactions', 'reporting'];

/** The distributed profile. */
export const PROCESSES: readonly string[] = ['gateway', ...SERVICES, 'relay'];
