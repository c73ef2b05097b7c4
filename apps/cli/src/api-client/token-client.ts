import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@sillage/kernel';
import { Failure } from '../failure.js';
import { problemOf, type ShownToken, tokenIn, tokensIn, unexpected } from './answers.js';
import type { Connection } from './connection.js';
import { PATIENCE, type Patience, PatientRequests } from './patient-requests.js';
import { Transport } from './transport.js';

/** What a token is to be: its name, what it may do, and when it ends (an instant), if ever. */
export interface TokenWish {
  readonly name: string;
  readonly roles: readonly string[];
  readonly expiresAt?: string;
}

/** What the commands about tokens ask of the public API. */
export class TokenClient {
  private readonly transport: Transport;
  private readonly requests: PatientRequests;

  constructor(connection: Connection, patience: Partial<Patience> = {}) {
    this.transport = new Transport(connection);
    this.requests = new PatientRequests(this.transport, { ...PATIENCE, ...patience });
  }

  /** @throws Failure when the server does not want it, or created it in a request whose answer was lost. */
  async create(wish: TokenWish): Promise<ShownToken & { readonly token: string }> {
    const body = { ...wish } satisfies JsonObject;
    const headers = { 'idempotency-key': randomUUID() };
    const response = await this.requests.answer({ method: 'POST', path: '/v1/tokens', headers, body });
    const { code, text } = problemOf(response);
    // A repeat, after an answer that did not arrive: the token is there, and nobody will ever know it.
    if (code === 'token-already-shown') {
      throw new Failure(`the answer was lost; revoke the token ${tokenIn(response.body).id} and try again (${text})`);
    }
    if (response.status !== 201) throw unexpected(response);
    const created = tokenIn(response.body);
    if (typeof created.members.token !== 'string') throw unexpected(response);
    return { ...created, token: created.members.token };
  }

  async list(which: { readonly revoked: boolean }): Promise<readonly ShownToken[]> {
    const path = which.revoked ? '/v1/tokens?revoked=true' : '/v1/tokens';
    const response = await this.requests.answer({ method: 'GET', path });
    if (response.status !== 200) throw unexpected(response);
    return tokensIn(response.body);
  }

  /** Whether it was there to be revoked. Of a repeat whose first answer was lost, it was not. */
  async revoke(id: string): Promise<boolean> {
    const response = await this.requests.answer({ method: 'DELETE', path: `/v1/tokens/${encodeURIComponent(id)}` });
    if (response.status === 404 && problemOf(response).code === 'token-not-found') return false;
    if (response.status !== 204) throw unexpected(response);
    return true;
  }

  close(): Promise<void> {
    return this.transport.close();
  }
}
