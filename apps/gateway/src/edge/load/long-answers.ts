/** Long answers of a tenant at once, in each gateway: streams of events, and reports that are being read. */
const MOST_OF_A_TENANT = 100;

/** Counts the answers that go on and on, each of which holds a connection and memory for as long as its reader likes. */
export class LongAnswers {
  private readonly counts = new Map<string, number>();

  /** Whether there may be one more. */
  begin(tenant: string): boolean {
    const count = this.counts.get(tenant) ?? 0;
    if (count >= MOST_OF_A_TENANT) return false;
    this.counts.set(tenant, count + 1);
    return true;
  }

  end(tenant: string): void {
    const count = this.counts.get(tenant) ?? 0;
    if (count > 1) this.counts.set(tenant, count - 1);
    else this.counts.delete(tenant);
  }
}
