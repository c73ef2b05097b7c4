import type { Provider } from '@nestjs/common';
import type { Streams } from '@sillage/kernel';
import { MessageDirectory } from './message-directory.js';
import type { Messages } from './messages.js';
import { DIRECTORY, NOW, STREAMS } from './record-handlers.js';

/** What the modules of contexts need of the process that hosts them. */
export function recordPorts(streams: Streams, messages: Messages): Provider[] {
  const now = () => Date.now();
  return [
    { provide: STREAMS, useValue: streams },
    { provide: DIRECTORY, useValue: new MessageDirectory(messages, now) },
    { provide: NOW, useValue: now },
  ];
}
