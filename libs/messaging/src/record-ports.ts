import type { Provider } from '@nestjs/common';
import type { KeyStore, SealedStore } from '@sillage/erasure';
import type { Streams } from '@sillage/kernel';
import { MessageDirectory } from './message-directory.js';
import { Messages } from './messages.js';
import { DIRECTORY, NOW, PERSONAL_DATA, STREAMS } from './record-tokens.js';

export interface RecordPorts {
  /** Of the sealed store, perhaps watched. */
  readonly streams: Streams;
  readonly store: SealedStore;
  readonly keys: KeyStore;
  readonly messages: Messages;
}

/** What the modules of contexts need of the process that hosts them. */
export function recordPorts({ streams, store, keys, messages }: RecordPorts): Provider[] {
  const now = () => Date.now();
  return [
    { provide: STREAMS, useValue: streams },
    { provide: PERSONAL_DATA, useValue: { store, keys } },
    { provide: Messages, useValue: messages },
    { provide: DIRECTORY, useValue: new MessageDirectory(messages, now) },
    { provide: NOW, useValue: now },
  ];
}
