import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { newId } from '@sillage/kernel';
import { notRun, serverOf } from '@sillage/kernel/testing';

const MAIN = join(import.meta.dirname, '../main.js');

interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function topics(env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Said> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, 'topics', ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

describe('sillage topics', () => {
  it('says what it needs to be told', async () => {
    expect(await topics({})).toEqual({
      code: 1,
      stdout: '',
      stderr: 'sillage: KAFKA_BROKERS is not set; it is to be of the form host:9092,host:9092\n',
    });
    expect((await topics({}, '--partitions', '0')).code).toBe(2);
  });
});

const kafka = await serverOf('KAFKA_BROKERS');

if ('at' in kafka) describe('sillage topics, with brokers', () => onKafka(kafka.at));
else notRun('sillage topics, with brokers', kafka.missing);

function onKafka(brokers: string): void {
  it('makes the topic, then says where it is not as asked for', async () => {
    const name = `test-${newId()}`;
    const env = { KAFKA_BROKERS: brokers, KAFKA_TOPIC: name, SILLAGE_INSECURE: 'true' };

    const made = await topics(env, '--partitions', '5');
    const again = await topics(env, '--partitions', '6', '--retention-days', '14');

    expect(made).toEqual({ code: 0, stdout: `made ${name}: 5 partitions, 1 replicas\n`, stderr: '' });
    expect(again.stdout.split('\n')).toEqual([
      `${name} is there already`,
      '  partitions is 5, not 6',
      '  retention.ms is 604800000, not 1209600000',
      '',
    ]);
  });
}
