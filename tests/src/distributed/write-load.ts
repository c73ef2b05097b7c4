import type { Answer, Api } from '../api.js';

/** What came of one write. */
export interface Attempt {
  readonly answer: Answer | undefined;
  readonly milliseconds: number;
}

/** Creates accounts, so many at a time, one after the other, until it is told to stop. */
export class WriteLoad {
  readonly attempts: Attempt[] = [];
  private readonly loops: Promise<void>[];
  private isStopping = false;

  constructor(
    private readonly api: Api,
    width: number,
  ) {
    this.loops = Array.from({ length: width }, (_, loop) => this.run(loop));
  }

  get acknowledged(): readonly Answer[] {
    return this.attempts.flatMap(({ answer }) => (answer?.status === 201 ? [answer] : []));
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await Promise.all(this.loops);
  }

  private async run(loop: number): Promise<void> {
    for (let turn = 0; !this.isStopping; turn += 1) {
      const begun = performance.now();
      const answer = await this.api.post('/v1/accounts', { name: `Account ${loop}-${turn}` }).catch(() => undefined);
      this.attempts.push({ answer, milliseconds: performance.now() - begun });
      // A caller who is told to try again in a second does not try at once.
      if (answer?.status !== 201) await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
