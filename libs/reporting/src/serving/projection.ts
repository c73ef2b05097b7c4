import type { ViewStore } from '@sillage/view-store';
import type { ViewProgress } from '../projector/view-progress.js';

/** Keeps one generation of the views up with the log. */
export interface Projection {
  /** For those who read the generation. */
  readonly progress: ViewProgress;
  /** Resolves once everything that the log held at the beginning is in the views; does not where it is halted before. */
  readonly caughtUp: Promise<void>;
  /** Stops, with everything that was begun written. */
  halt(): Promise<void>;
}

/** Begins to keep a generation up with the log: in which processes and by how many projectors, each profile says. */
export type Project = (store: ViewStore, generation: number) => Promise<Projection>;
