import type { NewEvent, StoredEvent } from '../events.js';
import { derivedId, digest } from '../ids.js';
import { Problem } from '../problem.js';
import { NO_STREAM, type Streams } from '../streams.js';
import { appendOnce } from './append.js';
import type { CommandContext, CommandIdentity } from './commands.js';
import { foldRecord, recordStream } from './record-state.js';
import type { RecordType } from './record-type.js';

const CLAIMED = 'ExternalIdClaimed';

/**
 * A claim whose command has stored nothing for so many milliseconds was left behind by a crash: twice the time that a
 * service has for a command.
 */
const ABANDONED_AFTER = 16_000;

/**
 * Keeps external ids unique. A store of streams knows one kind of uniqueness: a stream can be begun once. So an
 * external id is claimed by beginning a stream named by its hash, before the record itself is appended.
 */
export class ExternalIds {
  constructor(
    private readonly type: RecordType,
    private readonly streams: Streams,
    private readonly now: () => number,
  ) {}

  /**
   * Claims an external id for a record. A repeat of the command finds its own claim and goes on.
   * @throws Problem `external-id-taken`, with `takenBy`, when a record that is not deleted has it.
   */
  async claim(
    context: CommandContext,
    command: CommandIdentity,
    claim: { readonly externalId: string; readonly recordId: string },
  ): Promise<void> {
    const stream = `claim-${context.tenant}.${this.type.name}.${digest(claim.externalId)}`;
    const event = this.claimed(stream, context, command, claim);
    if (await this.append(context, stream, NO_STREAM, event)) return;
    const last = (await this.streams.read(stream)).at(-1);
    if (last === undefined) throw new Problem('concurrent-change');
    if (last.metadata.commandId === command.commandId) return;
    const holder = String(last.data.recordId);
    // A record's own earlier claim is claimed anew all the same: another record may be taking it over just now.
    if (holder !== claim.recordId && (await this.isHeld(context.tenant, last, holder, claim.externalId))) {
      // Whoever may not see everybody's records is not told which of them it is.
      if (context.owners !== undefined) throw new Problem('external-id-taken');
      throw new Problem('external-id-taken', {
        extensions: { takenBy: holder },
        params: { externalId: claim.externalId },
      });
    }
    if (!(await this.append(context, stream, last.revision, event))) throw new Problem('concurrent-change');
  }

  private claimed(
    stream: string,
    { tenant, actor, correlationId }: CommandContext,
    { commandId }: CommandIdentity,
    { recordId }: { readonly recordId: string },
  ): NewEvent {
    const at = new Date(this.now()).toISOString();
    const metadata = { tenant, actor, at, commandId, correlationId, causationId: commandId, version: 1 };
    return { id: derivedId(stream, commandId), type: CLAIMED, data: { recordId }, metadata };
  }

  private async append(
    { deadline }: CommandContext,
    stream: string,
    expected: number,
    event: NewEvent,
  ): Promise<boolean> {
    const to = { stream, expected, deadline, now: this.now };
    return (await appendOnce(this.streams, to, [event])) !== undefined;
  }

  /** A claim holds while its record has the external id, and while the claiming command may still be under way. */
  private async isHeld(tenant: string, claim: StoredEvent, holder: string, externalId: string): Promise<boolean> {
    const events = await this.streams.read(recordStream(this.type, tenant, holder));
    const record = foldRecord(this.type, events);
    if (record !== undefined && record.deletedAt === undefined && record.fields.externalId === externalId) return true;
    const fulfilled = events.some(({ metadata }) => metadata.commandId === claim.metadata.commandId);
    return !fulfilled && this.now() - Date.parse(claim.metadata.at) < ABANDONED_AFTER;
  }
}
