// Jest reporter: says which tests were not run and why, and counts.
// A test says why it is not run in its own title or in a describe's: `describe.skip('… (not run: <reason>)', …)`
// or `it.skip('not run: <reason>', …)`; notRun of @sillage/kernel/testing does it for a whole suite.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

export default class CountReporter {
  #config;

  constructor(config) {
    this.#config = config;
  }

  onRunComplete(_contexts, results) {
    const lines = [];
    // With `-t` everything else is skipped on purpose.
    if (!this.#config.testNamePattern) lines.push(...this.#notRun(results));
    const passed = results.numPassedTests;
    // A suite that does not even load has no test to count: it counts as one itself.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    lines.push(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
    const text = `${lines.join('\n')}\n`;
    // scripts/commands/test.js prints it after Jest has said its last word.
    if (process.env.SILLAGE_TEST_COUNT) writeFileSync(process.env.SILLAGE_TEST_COUNT, text);
    else process.stdout.write(text);
  }

  /** One line for each file and reason, with the number of tests. */
  #notRun(results) {
    const counts = new Map();
    for (const suite of results.testResults) {
      const file = relative(this.#config.rootDir, suite.testFilePath);
      for (const test of suite.testResults) {
        if (test.status !== 'pending' && test.status !== 'todo') continue;
        const key = `${file}: ${reasonIn([test.title, ...test.ancestorTitles.toReversed()])}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    if (counts.size === 0) return [];
    return ['Not run:', ...[...counts].map(([key, count]) => `  ${count} in ${key}`), ''];
  }
}

function reasonIn(titles) {
  for (const title of titles) {
    const match = /\(not run: (.+)\)$|^not run: (.+)$/.exec(title);
    if (match) return match[1] ?? match[2];
  }
  return 'no reason given';
}
