// The dependencies of what runs in production, against the advisories that the npm registry knows. Those of severity
// high or critical fail; that nobody can be asked, offline or behind a mirror without advisories, is said and passes.
import { npm } from '../bootstrap/npm.js';
import { root, say } from '../bootstrap/project.js';

const FAILING = new Set(['high', 'critical']);

/** Gives the exit code of the check. */
export async function audit(node) {
  const args = ['audit', '--omit=dev', '--json', '--loglevel=silent', '--fetch-retries=0', '--fetch-timeout=15000'];
  const { output } = await npm(node, args, root);
  const { vulnerabilities, reason } = reportIn(output);
  if (vulnerabilities === undefined) {
    say(`not run: advisories cannot be had (${reason})`);
    return 0;
  }
  const failing = Object.values(vulnerabilities).filter(({ severity }) => FAILING.has(severity));
  for (const { name, severity } of failing) say(`${name}: ${severity}; npm audit says more`);
  return failing.length === 0 ? 0 : 1;
}

/** What npm found by name of the package, or why it could not look. */
function reportIn(output) {
  try {
    const { vulnerabilities, message, error } = JSON.parse(output);
    return { vulnerabilities, reason: message ?? error?.summary ?? 'npm gave no reason' };
  } catch {
    return { reason: 'npm gave no report' };
  }
}
