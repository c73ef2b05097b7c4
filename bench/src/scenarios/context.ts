import { fillPair, type Pair, startPair } from '../contenders/pair.js';
import { type Imported, importAll } from '../imports/imported.js';
import type { Plan } from '../plan.js';
import type { Workspace } from '../processes/workspace.js';

/** What scenarios have in common. What is costly to set up is set up once, for whoever asks first. */
export class Context {
  private filled: Promise<Pair> | undefined;
  private withImports: Promise<Imported> | undefined;

  constructor(
    readonly plan: Plan,
    readonly workspace: Workspace,
    readonly say: (line: string) => void,
    /** Folder for CPU profiles of Sillage; undefined: none are made. */
    readonly profileInto: string | undefined,
  ) {}

  /** Both sides on empty stores. */
  emptyPair(): Promise<Pair> {
    return startPair(this.workspace, this.plan, this.profileInto);
  }

  /** Both sides with the plan's records, which nobody changes. */
  filledPair(): Promise<Pair> {
    this.filled ??= this.fill();
    return this.filled;
  }

  /** Sillage with both data sets, fresh from their imports. */
  imported(): Promise<Imported> {
    this.withImports ??= importAll(this.workspace, this.say);
    return this.withImports;
  }

  private async fill(): Promise<Pair> {
    const pair = await this.emptyPair();
    this.say(`filling both with ${this.plan.records} records`);
    await fillPair(pair, this.plan.records);
    return pair;
  }
}
