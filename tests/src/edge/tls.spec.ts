import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import path from 'node:path';
import { type ConnectionOptions, connect, type PeerCertificate, type SecureVersion } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@sillage/event-store/testing';
import { notRun } from '@sillage/kernel/testing';
import { exchange } from '../raw-http.js';
import { Server, temporaryDirectory } from '../server.js';

const folder = temporaryDirectory();
const [certificate, key] = [path.join(folder, 'cert.pem'), path.join(folder, 'key.pem')];

/** Makes a certificate for this machine, signed by itself. */
function make(name: string, into: { readonly certificate: string; readonly key: string }): void {
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1'];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', ...kind, ...subject, '-keyout', into.key, '-out', into.certificate], {
    stdio: 'pipe',
  });
}

function hasOpenSsl(): boolean {
  try {
    execFileSync('openssl', ['version']);
    return true;
  } catch {
    return false;
  }
}

if (hasOpenSsl()) describe('a gateway with a certificate', specification);
else notRun('a gateway with a certificate', 'there is no openssl to make one');

function specification(): void {
  let server: Server;

  beforeAll(async () => {
    make('first', { certificate, key });
    server = await Server.start({ environment: { SILLAGE_TLS_CERT: certificate, SILLAGE_TLS_KEY: key } });
  });
  afterAll(() => server.stop());

  const port = () => Number(new URL(server.url).port);

  /** The certificate that a connection is shown, whoever vouches for it; rejects when there is none. */
  function shown(maxVersion: SecureVersion = 'TLSv1.3'): Promise<PeerCertificate> {
    // A version that is too old is what the server is to refuse, not the client.
    const weak = { minVersion: 'TLSv1', maxVersion, ciphers: 'ALL@SECLEVEL=0' } as const;
    const options: ConnectionOptions = { host: '127.0.0.1', port: port(), rejectUnauthorized: false, ...weak };
    return new Promise((resolve, reject) => {
      const socket = connect(options, () => {
        resolve(socket.getPeerCertificate());
        socket.destroy();
      });
      socket.on('error', reject);
    });
  }

  it('answers over TLS, and holds browsers to it', async () => {
    expect(server.url).toMatch(/^https:/);
    const headers = await new Promise<NodeJS.Dict<string | string[]>>((resolve, reject) => {
      const sent = request(`${server.url}/health/live`, { ca: readFileSync(certificate) }, (answer) => {
        answer.resume();
        resolve(answer.headers);
      });
      sent.on('error', reject).end();
    });
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
  });

  it('speaks TLS 1.2 and later only', async () => {
    expect((await shown('TLSv1.2')).subject.CN).toBe('first');
    await expect(shown('TLSv1.1')).rejects.toThrow();
  });

  it('answers nothing to whoever does not speak it', async () => {
    const plain = `GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n`;
    expect(await exchange(server.url, plain)).toBeUndefined();
  });

  it('keeps its certificate when another one cannot be used, and takes one that can without a restart', async () => {
    writeFileSync(certificate, 'half a file');
    await eventually('the server has told of it', () => server.log().includes('the certificate stays the old one'));
    const next = { certificate: path.join(folder, 'next.pem'), key: path.join(folder, 'next-key.pem') };
    make('second', next);
    copyFileSync(next.key, key);
    copyFileSync(next.certificate, certificate);
    let name: string | string[] | undefined;
    await eventually('the new certificate is shown', async () => {
      name = (await shown()).subject.CN;
      return name === 'second';
    });
    expect(name).toBe('second');
  }, 60_000);

  it('does not start with a key of another certificate, and says why in one line', async () => {
    const other = { certificate: path.join(folder, 'other.pem'), key: path.join(folder, 'other-key.pem') };
    make('other', other);
    const environment = { SILLAGE_TLS_CERT: certificate, SILLAGE_TLS_KEY: other.key };
    const { code, stderr } = await Server.fails({ SILLAGE_DATA_DIR: temporaryDirectory(), ...environment });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^sillage: SILLAGE_TLS_CERT and [^\n]+\n$/)]);
  });
}
