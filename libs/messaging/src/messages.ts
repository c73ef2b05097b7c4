import type { ClientProxy } from '@nestjs/microservices';
import { Problem, receiveProblem } from '@sillage/kernel';
import { firstValueFrom } from 'rxjs';
import type { Message, Reply } from './message.js';

/** Asks services by message, whatever carries it. */
export class Messages {
  constructor(private readonly client: ClientProxy) {}

  /**
   * @throws Problem the service's refusal, or `deadline-exceeded` when no answer came in time.
   */
  async ask<Value>(pattern: string, message: Message<unknown>): Promise<Value> {
    const reply = await this.inTime(firstValueFrom(this.client.send<Reply<Value>>(pattern, message)), message);
    if ('problem' in reply) throw receiveProblem(reply.problem);
    return reply.value;
  }

  private async inTime<T>(answer: Promise<T>, { context }: Message<unknown>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const left = Math.max(0, context.deadline - Date.now());
      timer = setTimeout(() => reject(new Problem('deadline-exceeded')), left);
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
