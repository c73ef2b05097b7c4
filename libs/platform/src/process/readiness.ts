/** Whether a process can do its work. It begins, and ends, by not being ready. */
export class Readiness {
  private readonly awaited = new Set<string>();
  private readonly checks = new Map<string, () => boolean>();

  /** What is not ready, by name; empty when everything is. */
  missing(): readonly string[] {
    const failing = [...this.checks].filter(([, holds]) => !holds()).map(([name]) => name);
    return [...new Set([...this.awaited, ...failing])];
  }

  /** Not ready, until `found` says so. */
  lack(name: string): void {
    this.awaited.add(name);
  }

  found(name: string): void {
    this.awaited.delete(name);
  }

  /** Ready only while something holds that is asked each time, and must be quick to say. */
  check(name: string, holds: () => boolean): void {
    this.checks.set(name, holds);
  }
}
