import { build, type Histogram } from 'hdr-histogram-js';

const MICROSECONDS = 1_000;
const LONGEST = 120_000 * MICROSECONDS;

/** Durations of requests in milliseconds, kept to three digits whatever their number. */
export class Latencies {
  private readonly histogram: Histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: LONGEST,
    numberOfSignificantValueDigits: 3,
    bitBucketSize: 32,
  });

  record(milliseconds: number): void {
    const value = Math.max(1, Math.round(milliseconds * MICROSECONDS));
    this.histogram.recordValue(Math.min(value, LONGEST));
  }

  get count(): number {
    return this.histogram.totalCount;
  }

  /** In milliseconds: `percent` of the requests took no longer. 0 when there were none. */
  percentile(percent: number): number {
    return this.histogram.getValueAtPercentile(percent) / MICROSECONDS;
  }
}
