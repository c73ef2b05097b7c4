import type { ClientProxy } from '@nestjs/microservices';
import { Problem, receiveProblem } from '@sillage/kernel';
import type { Message, Reply } from './message.js';

/** Asks services by message, whatever carries it. */
export class Messages {
  constructor(private readonly client: ClientProxy) {}

  /**
   * @throws Problem the service's refusal, or `deadline-exceeded` when no answer came in time.
   */
  async ask<Value>(pattern: string, message: Message<unknown>): Promise<Value> {
    const reply = await this.replyTo<Value>(pattern, message);
    if ('problem' in reply) throw receiveProblem(reply.problem);
    return reply.value;
  }

  /** Once the time is up nobody waits for the answer any more, so the transport is told to forget the message. */
  private replyTo<Value>(pattern: string, message: Message<unknown>): Promise<Reply<Value>> {
    const left = message.context.deadline - Date.now();
    if (left <= 0) return Promise.reject(new Problem('deadline-exceeded'));
    return new Promise((resolve, reject) => {
      const answer = this.client.send<Reply<Value>>(pattern, message).subscribe({
        next: (reply) => {
          clearTimeout(timer);
          resolve(reply);
        },
        error: (error: unknown) => {
          clearTimeout(timer);
          reject(error);
        },
      });
      const timer = setTimeout(() => {
        answer.unsubscribe();
        reject(new Problem('deadline-exceeded'));
      }, left);
    });
  }
}
