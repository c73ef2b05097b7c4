import type { Logger } from 'pino';

/** In this order: nothing may be closed that something before it still needs. */
const STAGES = ['requests', 'consumers', 'relay', 'stores', 'traces'] as const;

export type Stage = (typeof STAGES)[number];

/** Milliseconds that requests in flight have to finish. */
export const TIME_TO_FINISH = 10_000;

/** Milliseconds that the parts of a stage have to stop: more than any of them takes by itself. */
const TIME_TO_STOP = TIME_TO_FINISH + 2_000;

/** How a process ends, whatever is in it. */
export class Shutdown {
  private readonly parts: { readonly stage: Stage; readonly name: string; readonly stop: () => Promise<void> }[] = [];

  constructor(private readonly logger: Logger) {}

  /** The parts of a stage stop side by side. */
  add(stage: Stage, name: string, stop: () => Promise<void>): void {
    this.parts.push({ stage, name, stop });
  }

  /** Stops everything, stage by stage. A part that fails to stop, or not in time, is told of and left behind. */
  async run(): Promise<void> {
    for (const stage of STAGES) {
      const parts = this.parts.filter((part) => part.stage === stage);
      await Promise.all(parts.map(({ name, stop }) => this.stopped(name, stop)));
    }
  }

  private async stopped(name: string, stop: () => Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('it did not stop in time')), TIME_TO_STOP);
    });
    try {
      await Promise.race([stop(), late]);
    } catch (error) {
      this.logger.error({ err: error }, `${name} could not be stopped`);
    } finally {
      clearTimeout(timer);
    }
  }
}
