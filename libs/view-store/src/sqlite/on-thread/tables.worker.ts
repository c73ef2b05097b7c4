import { parentPort, workerData } from 'node:worker_threads';
import { ViewsMovedOn, ViewsOfAnotherSchema } from '../../errors.js';
import type { Connection } from '../connection.js';
import { createIndexes, openForBuilding, schemaLayout } from '../schema.js';
import { Tables } from '../tables.js';
import { Tenants } from '../tenants.js';
import type { OpeningReply, TableReply, TableRequest, TableWorkerData, TenantNumbers } from './table-messages.js';

if (!parentPort) throw new Error('the tables are written on a worker thread');
const port = parentPort;
const { file, schema } = workerData as TableWorkerData;

const NO_NUMBERS: TenantNumbers = new Map();

try {
  serve(openForBuilding(file, schema));
} catch (error) {
  say(
    error instanceof ViewsOfAnotherSchema ? { kind: 'of-another-schema' } : { kind: 'not-opened', reason: told(error) },
  );
}

function serve(connection: Connection): void {
  const layout = schemaLayout(schema);
  const [tables, tenants] = [new Tables(connection, layout), new Tenants(connection)];
  say({ kind: 'opened' });
  port.on('message', (request: TableRequest) => {
    try {
      say({ kind: 'done', numbers: answer(request) });
    } catch (error) {
      say(
        error instanceof ViewsMovedOn
          ? { kind: 'moved-on', partition: error.partition, after: error.position }
          : { kind: 'failed', reason: told(error) },
      );
    }
  });

  function answer(request: TableRequest): TenantNumbers {
    switch (request.kind) {
      case 'tenants':
        return connection.writing(
          () => new Map(request.names.map((name) => [name, tenants.ensure(name, request.partition).number])),
        );
      case 'write':
        tables.write(request.batch.checkpoint, () => request.batch);
        return NO_NUMBERS;
      case 'complete':
        createIndexes(connection, layout);
        return NO_NUMBERS;
      case 'close':
        connection.close();
        port.close();
        return NO_NUMBERS;
      default:
        return request satisfies never;
    }
  }
}

function say(message: OpeningReply | TableReply): void {
  port.postMessage(message);
}

function told(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
