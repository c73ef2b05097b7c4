/** A Sillage that runs, of whichever profile, as one tenant sees it: nobody else has written to that tenant. */
export interface RunningSillage {
  readonly url: string;
  readonly token: string;
  readonly tenant: string;
  /** What the command line is told to find it, by variables. */
  readonly reached: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

export type StartSillage = () => Promise<RunningSillage>;
