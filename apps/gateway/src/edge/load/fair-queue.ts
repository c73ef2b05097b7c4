/** How much is worked on at once. */
export interface FairQueueLimits {
  /** Requests of all tenants together, and of one that is alone. */
  readonly atWork: number;
  /** Requests that tenants who are there at the same time share evenly; each has one at least. */
  readonly shared: number;
  /** Requests of a tenant that wait; what comes beyond is refused. */
  readonly waiting: number;
}

/** Milliseconds for which a tenant counts as there after a request: once or twice that. */
const PRESENCE = 1_000;

/** The place of a request: at work, waiting, or neither any more. */
export interface Place {
  /** Whether it is at work from the beginning, so that nobody will tell it to go. */
  readonly isAtWork: boolean;
  /** Gives up what it has: its work is over, or nobody waits for it any more. May be repeated. */
  leave(): void;
}

interface Line {
  readonly tenant: string;
  atWork: number;
  readonly waiting: Set<() => void>;
}

/**
 * Lets tenants take turns, so that who floods waits behind itself. A tenant that is alone may use everything; from the
 * moment that another one is there, each has its share of what is few enough for the next request of anybody to be
 * answered soon. Each step is O(1), but for tenants that wait while their share is at work.
 */
export class FairQueue {
  /** Of tenants with something at work or waiting. */
  private readonly lines = new Map<string, Line>();
  /** Those that wait, in the order of their turns. */
  private readonly turns = new Set<Line>();
  private atWork = 0;
  private here = new Set<string>();
  private before = new Set<string>();
  private hereSince = 0;

  /** @param now milliseconds of a clock that never goes back */
  constructor(
    private readonly limits: FairQueueLimits,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** A place for a request of a tenant, which is at work at once or told to go later; undefined when too many wait. */
  enter(tenant: string, go: () => void): Place | undefined {
    this.note(tenant);
    const line = this.lineOf(tenant);
    const isAtWork = line.waiting.size === 0 && this.hasRoomFor(line);
    if (!isAtWork && line.waiting.size >= this.limits.waiting) return undefined;
    if (isAtWork) {
      this.begin(line);
    } else {
      line.waiting.add(go);
      this.turns.add(line);
    }
    return this.place(line, isAtWork, go);
  }

  private place(line: Line, isAtWork: boolean, go: () => void): Place {
    let hasLeft = false;
    return {
      isAtWork,
      leave: () => {
        if (hasLeft) return;
        hasLeft = true;
        if (!line.waiting.delete(go)) {
          line.atWork -= 1;
          this.atWork -= 1;
        }
        this.tidy(line);
        this.next();
      },
    };
  }

  /** Each tenant that waits has a turn before one has a second. */
  private next(): void {
    for (const line of this.turns) {
      if (this.atWork >= this.limits.atWork) return;
      if (!this.hasRoomFor(line)) continue;
      const [go] = line.waiting;
      this.turns.delete(line);
      if (go === undefined) continue;
      line.waiting.delete(go);
      if (line.waiting.size > 0) this.turns.add(line);
      this.begin(line);
      go();
    }
  }

  private begin(line: Line): void {
    line.atWork += 1;
    this.atWork += 1;
  }

  private hasRoomFor({ atWork }: Line): boolean {
    return this.atWork < this.limits.atWork && atWork < this.share();
  }

  private share(): number {
    const tenants = Math.max(this.here.size, this.before.size, this.lines.size);
    if (tenants <= 1) return this.limits.atWork;
    return Math.max(1, Math.floor(this.limits.shared / tenants));
  }

  private note(tenant: string): void {
    const now = this.now();
    if (now - this.hereSince >= PRESENCE) {
      this.before = now - this.hereSince >= 2 * PRESENCE ? new Set() : this.here;
      this.here = new Set();
      this.hereSince = now;
    }
    this.here.add(tenant);
  }

  private lineOf(tenant: string): Line {
    const known = this.lines.get(tenant);
    if (known !== undefined) return known;
    const line = { tenant, atWork: 0, waiting: new Set<() => void>() };
    this.lines.set(tenant, line);
    return line;
  }

  private tidy(line: Line): void {
    if (line.waiting.size > 0) return;
    this.turns.delete(line);
    if (line.atWork === 0) this.lines.delete(line.tenant);
  }
}
