/** A figure that has to be reached. */
export interface Goal {
  /** Such as `rate >= 0.6 x floor`. */
  readonly wanted: string;
  readonly measured: number;
  readonly reached: boolean;
}

export function atLeast(what: string, measured: number, least: number, unit: string): Goal {
  return { wanted: `${what} >= ${number(least)} ${unit}`, measured, reached: measured >= least };
}

export function atMost(what: string, measured: number, most: number, unit: string): Goal {
  return { wanted: `${what} <= ${number(most)} ${unit}`, measured, reached: measured <= most };
}

function number(value: number): string {
  return value.toLocaleString('en');
}
