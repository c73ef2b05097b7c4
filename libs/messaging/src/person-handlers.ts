import { Controller, Inject, Logger, type OnApplicationBootstrap, type Provider, type Type } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import { applyLedger, Forgetting, forgetCommand, type KeyStore, type SealedStore } from '@sillage/erasure';
import { type CommandContext, type Records, type RecordType, receiveProblem } from '@sillage/kernel';
import type { Message } from './message.js';
import { Messages } from './messages.js';
import { type Concerning, type OperationResult, type RecordOperation, RecordPattern } from './record-messages.js';
import { NOW, PERSONAL_DATA, recordsOf } from './record-tokens.js';
import { replying } from './replying.js';

/** Where personal data is, sealed, and the keys by which it is. */
export interface PersonalDataPorts {
  readonly store: SealedStore;
  readonly keys: KeyStore;
}

/** Records that one message asks to forget. */
const MOST_AT_ONCE = 200;

const logger = new Logger('Forgetting');

/** What forgets the persons of a type. */
export function forgettingOf(type: RecordType): Provider[] {
  return [
    {
      provide: tokenOf(type),
      inject: [recordsOf(type), PERSONAL_DATA, Messages, NOW],
      useFactory: (records: Records, ports: PersonalDataPorts, messages: Messages, now: () => number) =>
        new Forgetting({ ...ports, records, now, forgetRecords: forgetRecords(messages) }),
    },
  ];
}

/** The messages about persons of a type, beside those about their records. */
export function personHandlers(type: RecordType): Type {
  const { plural } = type;

  @Controller()
  class PersonHandlers implements OnApplicationBootstrap {
    constructor(
      @Inject(tokenOf(type)) private readonly forgetting: Forgetting,
      @Inject(PERSONAL_DATA) private readonly ports: PersonalDataPorts,
      @Inject(NOW) private readonly now: () => number,
    ) {}

    @MessagePattern(RecordPattern.forget(plural))
    forget(@Payload() { context, payload }: Message<{ readonly id: string }>) {
      return replying(() => this.forgetting.forget(context, payload.id));
    }

    @MessagePattern(RecordPattern.concerning(plural))
    concerning(@Payload() { context, payload }: Message<{ readonly id: string }>) {
      return replying(async (): Promise<readonly Concerning[]> => {
        const concerning = await this.forgetting.concerning(context.tenant, payload.id);
        return [...concerning].map(([{ plural: of }, ids]) => ({ type: of, ids }));
      });
    }

    /** Nobody waits for it. What fails is done at the next start, or when somebody asks for it again. */
    onApplicationBootstrap(): void {
      const { keys } = this.ports;
      applyLedger({ keys, forgetting: this.forgetting, plural, now: this.now }).then(
        (forgotten) => forgotten > 0 && logger.log(`${forgotten} ${plural} were forgotten again, by the ledger`),
        (error: unknown) => logger.error(`the ledger of erasures was not applied to ${plural}: ${error}`),
      );
    }
  }

  return PersonHandlers;
}

function tokenOf(type: RecordType): string {
  return `Forgetting of ${type.plural}`;
}

/** Asks the services that own the records. One that does not exist was never stored: it was only about to be. */
function forgetRecords(messages: Messages) {
  return async (context: CommandContext, { plural }: RecordType, ids: readonly string[]): Promise<void> => {
    for (let start = 0; start < ids.length; start += MOST_AT_ONCE) {
      const payload = ids.slice(start, start + MOST_AT_ONCE).map(
        (id): RecordOperation => ({
          op: 'forget',
          command: { id, commandId: forgetCommand(context.tenant, `${plural}/${id}`) },
        }),
      );
      const results = await messages.ask<readonly OperationResult[]>(RecordPattern.batch(plural), { context, payload });
      for (const result of results) {
        if ('problem' in result && result.problem.code !== 'record-not-found') throw receiveProblem(result.problem);
      }
    }
  };
}
