// What brokers need so that clients speak TLS with them and log in, by SCRAM or with a plain password.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from '../../../scripts/bootstrap/child.js';
import { BootstrapError } from '../../../scripts/bootstrap/project.js';

const STORE_PASSWORD = 'of-no-use-elsewhere';
const LOGIN_MODULES = 'org.apache.kafka.common.security';

/**
 * Makes a certificate of 127.0.0.1 in a folder, by the `keytool` that comes with Java, and the settings for a user.
 * @returns {Promise<{ caFile: string, properties: object, scramUsers: string[] }>} `caFile` is what clients trust
 */
export async function makeSecurity(folder, { username, password }) {
  mkdirSync(folder, { recursive: true });
  const store = join(folder, 'broker.p12');
  const caFile = join(folder, 'ca.pem');
  const where = ['-alias', 'broker', '-keystore', store, '-storetype', 'PKCS12', '-storepass', STORE_PASSWORD];
  const extensions = ['-ext', 'san=ip:127.0.0.1', '-ext', 'bc:c'];
  await keytool('-genkeypair', ...where, '-keyalg', 'RSA', '-dname', 'CN=127.0.0.1', '-validity', '30', ...extensions);
  await keytool('-exportcert', '-rfc', ...where, '-file', caFile);
  const listener = (mechanism) => `listener.name.clients.${mechanism}.sasl.jaas.config`;
  return {
    caFile,
    scramUsers: ['SCRAM-SHA-256', 'SCRAM-SHA-512'].map((name) => `${name}=[name=${username},password=${password}]`),
    properties: {
      'sasl.enabled.mechanisms': 'SCRAM-SHA-512,SCRAM-SHA-256,PLAIN',
      [listener('scram-sha-256')]: `${LOGIN_MODULES}.scram.ScramLoginModule required;`,
      [listener('scram-sha-512')]: `${LOGIN_MODULES}.scram.ScramLoginModule required;`,
      [listener('plain')]: `${LOGIN_MODULES}.plain.PlainLoginModule required user_${username}="${password}";`,
      'ssl.keystore.type': 'PKCS12',
      'ssl.keystore.location': store.replaceAll('\\', '/'),
      'ssl.keystore.password': STORE_PASSWORD,
      'ssl.key.password': STORE_PASSWORD,
    },
  };
}

async function keytool(...args) {
  const { code, output } = await capture('keytool', args);
  if (code !== 0) throw new BootstrapError(`keytool could not make a certificate: ${output.trim()}`);
}
