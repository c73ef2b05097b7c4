import type { MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';

/** What the handler of a message gives: a service wraps it in a `Reply`, Nest at times in an Observable. */
export async function answerOf(handler: MessageHandler, message: unknown): Promise<unknown> {
  const result: unknown = await handler(message);
  return isObservable(result) ? lastValueFrom(result) : result;
}

/** Nobody has subscribed to messages of a pattern: a defect of how the processes are wired. */
export class NoHandler extends Error {
  constructor(pattern: string) {
    super(`No service takes messages ${pattern}`);
    this.name = 'NoHandler';
  }
}
