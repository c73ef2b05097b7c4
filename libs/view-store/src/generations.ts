import type { ViewBuild, ViewStore } from './view-store.js';

/** The generations of the views, by number, and which of them serves. */
export interface ViewGenerations {
  /** The generation that serves; undefined when there is none. */
  current(): Promise<number | undefined>;
  /** The number of the generation to be made beside the one that serves. */
  next(): Promise<number>;
  /**
   * Opens a generation to write, as far as it was made.
   * @throws ViewsOfAnotherSchema
   */
  open(generation: number): Promise<ViewStore>;
  /**
   * Opens a generation that is to be made anew, or was begun to be, and that nobody reads: to be filled as fast as can be.
   * @throws ViewsOfAnotherSchema
   */
  build(generation: number): Promise<ViewBuild>;
  /** From now on this generation serves, whatever happens. */
  serve(generation: number): Promise<void>;
  /**
   * Calls back with the generation that serves, if there is one, and whenever it is another, whichever process said so.
   * Gives the way to stop that.
   */
  onServe(listener: (generation: number) => void): () => void;
  drop(generation: number): Promise<void>;
  /** Drops all that neither serve nor are the next one being made. */
  dropOthers(): Promise<void>;
}
