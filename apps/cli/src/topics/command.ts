import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { Failure } from '../failure.js';
import { wholeNumber } from '../whole-number.js';

interface TopicsOptions {
  readonly partitions: number;
  readonly replication?: number;
  readonly retentionDays: number;
}

const DAY_IN_MS = 86_400_000;

/** `sillage topics [--partitions <n>] [--replication <n>] [--retention-days <days>]`. */
export function addTopicsCommand(program: Command, { env, stdout }: CommandContext): void {
  program
    .command('topics')
    .summary('make the topic of the public events in Kafka')
    .description(
      'Makes the topic unless it is there, and says where it is not as asked for. Changes nothing that is there; may be ' +
        'repeated. The brokers are those of KAFKA_BROKERS.',
    )
    .option(
      '--partitions <n>',
      'how many; cannot be changed later, since tenants would change theirs',
      wholeNumber(1),
      12,
    )
    .option('--replication <n>', 'copies of each record (default: 3, or one for each broker if fewer)', wholeNumber(1))
    .option('--retention-days <days>', 'how long records are kept', wholeNumber(1), 7)
    .action(async ({ partitions, replication, retentionDays }: TopicsOptions) => {
      // Loaded here: the client would slow down every other command.
      const { ensureEventsTopic } = await import('../kafka.registration.js');
      const plan = { partitions, replication, retention: retentionDays * DAY_IN_MS };
      const topic = await ensureEventsTopic(env, plan).catch((error: Error) => {
        throw new Failure(error.message);
      });
      const { name, isNew, differences } = topic;
      const as = `${topic.partitions} partitions, ${topic.replication} replicas`;
      stdout.write(isNew ? `made ${name}: ${as}\n` : `${name} is there already\n`);
      for (const { what, planned, found } of differences) {
        stdout.write(`  ${what} is ${found}, not ${planned}\n`);
      }
    });
}
