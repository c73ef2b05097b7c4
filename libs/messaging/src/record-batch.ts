import { type CommandContext, type Records, sendProblem, type Written } from '@sillage/kernel';
import type { OperationResult, RecordOperation } from './record-messages.js';
import { asProblem } from './replying.js';

/**
 * Carries out operations on records of one type, each on its own, and gives their results in order. Operations on the
 * same record follow each other; all others run side by side, so that their events are made durable together.
 */
export async function runBatch(
  records: Records,
  context: CommandContext,
  operations: readonly RecordOperation[],
): Promise<readonly OperationResult[]> {
  const chains = new Map<string, Promise<unknown>>();
  const results = operations.map((operation) => {
    const { id } = operation.command;
    const previous = chains.get(id);
    const result =
      previous === undefined ? run(records, context, operation) : previous.then(() => run(records, context, operation));
    chains.set(id, result);
    return result;
  });
  return Promise.all(results);
}

async function run(records: Records, context: CommandContext, operation: RecordOperation): Promise<OperationResult> {
  try {
    return { written: await dispatch(records, context, operation) };
  } catch (error) {
    return { problem: sendProblem(asProblem(error)) };
  }
}

function dispatch(records: Records, context: CommandContext, operation: RecordOperation): Promise<Written> {
  switch (operation.op) {
    case 'create':
      return records.create(context, operation.command);
    case 'change':
      return records.change(context, operation.command);
    case 'delete':
      return records.delete(context, operation.command);
    case 'restore':
      return records.restore(context, operation.command);
    case 'forget':
      return records.forget(context, operation.command);
    default:
      return operation satisfies never;
  }
}
