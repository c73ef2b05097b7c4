import type { StoredMessage, toMessage } from '../event-message.js';

/** What a consumer receives of a message. */
export function asStored({ headers, value }: ReturnType<typeof toMessage>, offset = 0): StoredMessage {
  const received = Object.entries(headers).map(([name, text]) => [name, Buffer.from(String(text))]);
  return { offset: String(offset), headers: Object.fromEntries(received), value: Buffer.from(value) };
}
