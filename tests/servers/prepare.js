#!/usr/bin/env node
// Has the servers of the tests ready, fetched and compiled once: so that the tests need not wait for it. Says which of
// them cannot be had on this machine, and ends well all the same: what needs one then counts as not run.
import { BootstrapError, say } from '../../scripts/bootstrap/project.js';
import { prepareKafka } from './kafka/prepare.js';
import { NotHere, serverClassPath } from './mongodb/set-up.js';

for (const [name, prepare] of Object.entries({ Kafka: prepareKafka, MongoDB: serverClassPath })) {
  try {
    await prepare();
  } catch (error) {
    if (!(error instanceof BootstrapError || error instanceof NotHere)) throw error;
    say(`no ${name} for the tests: ${error.message}`);
  }
}
