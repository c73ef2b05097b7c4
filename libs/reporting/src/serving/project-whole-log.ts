import type { EventFeed } from '@sillage/event-feed';
import { Projector, type ProjectorNotice } from '../projector/projector.js';
import type { Project } from './projection.js';

export interface WholeLog {
  readonly feed: EventFeed;
  readonly log: (notice: ProjectorNotice) => void;
}

/** Projects the one log of all tenants by one projector in this process. */
export function projectWholeLog({ feed, log }: WholeLog): Project {
  return async (store) => {
    const head = await feed.head();
    const projector = new Projector({ feed, store, log });
    const halting = new AbortController();
    const halted = projector.run(halting.signal);
    const halt = () => {
      halting.abort();
      return halted;
    };
    return { progress: projector, caughtUp: projector.reach(head), halt };
  };
}
