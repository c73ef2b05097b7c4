import { afterEach, describe, expect, it } from '@jest/globals';
import { Distributed } from './processes.js';
import { end, type Running } from './running.js';

let service: Running | undefined;
let gateway: Running | undefined;

afterEach(async () => {
  await end(gateway, 'SIGKILL');
  await end(service, 'SIGKILL');
});

describe('a gateway to which an issuer gives the tokens', () => {
  it('says that they are created and revoked there', async () => {
    const distributed = await Distributed.prepare();
    service = await distributed.startService();
    gateway = await distributed.startGateway();
    const api = Distributed.api(gateway);
    const answers = [
      await api.get('/v1/tokens'),
      await api.post('/v1/tokens', { name: 'erp', roles: ['integration'] }),
      await api.call('DELETE', '/v1/tokens/0199a1f4-2c71-7d0e-9a3b-7f8091a2b3c4', {}),
    ];
    expect(answers.map(({ status, body: { code } }) => [status, code])).toEqual(
      answers.map(() => [404, 'tokens-not-issued']),
    );
  });
});
