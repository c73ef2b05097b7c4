import { type Appended, type NewEvent, OutcomeUnknown, type Streams, WrongExpectedRevision } from '@sillage/kernel';
import type { Metrics } from './metrics.js';

/** Streams whose appends are measured. */
export function observedStreams(streams: Streams, { appended }: Pick<Metrics, 'appended'>): Streams {
  return {
    read: (stream, from) => streams.read(stream, from),
    append: async (stream: string, expected: number, events: readonly NewEvent[]): Promise<Appended> => {
      const begun = performance.now();
      const observe = (outcome: Parameters<Metrics['appended']>[0]) =>
        appended(outcome, events.length, (performance.now() - begun) / 1_000);
      try {
        const last = await streams.append(stream, expected, events);
        observe('stored');
        return last;
      } catch (error) {
        observe(outcomeOf(error));
        throw error;
      }
    },
  };
}

function outcomeOf(error: unknown): 'conflict' | 'unknown' | 'failed' {
  if (error instanceof WrongExpectedRevision) return 'conflict';
  return error instanceof OutcomeUnknown ? 'unknown' : 'failed';
}
