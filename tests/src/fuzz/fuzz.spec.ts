import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROLES, type Role } from '@sillage/contracts';
import fc from 'fast-check';
import { Api } from '../api.js';
import { Server } from '../server.js';
import { Answers } from './answers.js';
import { ApiDocument } from './api-document.js';
import { type FuzzedRequest, KnownIds, Requests } from './requests.js';

/** Requests of each role: some in every run, ten thousand in `npm run test:fuzz`. */
const REQUESTS = Number(process.env.SILLAGE_FUZZ ?? 150);

/** Repeats a run; told by one that fails. */
const SEED = Number(process.env.SILLAGE_FUZZ_SEED ?? Date.now() % 1_000_000);

/** Requests that are made before they are sent: ids of records that have come meanwhile are taken up then. */
const AT_ONCE = 50;

/** Complaints that a failing run shows, each once for an operation. */
const SHOWN = 20;

describe('what the OpenAPI document promises is kept', () => {
  let server: Server;
  let document: ApiDocument;
  let answers: Answers;
  const ids = new KnownIds();

  beforeAll(async () => {
    server = await Server.start();
    document = await ApiDocument.of(server.url);
    answers = new Answers(document);
    const api = Api.of(server);
    for (const type of ['accounts', 'clients', 'prospects', 'opportunities', 'users', 'teams']) {
      const { body } = await api.post(`/v1/${type}`, { name: 'Fuzz' });
      ids.add(`/v1/${type}`, body.id);
    }
  });
  afterAll(() => server.stop());

  async function tokenOf(role: Role): Promise<string> {
    const { body } = await Api.of(server).post('/v1/tokens', { name: `fuzz ${role}`, roles: [role] });
    return body.token;
  }

  it.each(ROLES)(
    `to a token of the role %s (seed ${SEED})`,
    async (role) => {
      const api = new Api(server.url, await tokenOf(role));
      const requests = new Requests(document, ids);
      const complaints = new Map<string, string>();
      const statuses = new Map<number, number>();
      for (let sent = 0; sent < REQUESTS; sent += AT_ONCE) {
        const made = fc.sample(requests.any(), { numRuns: Math.min(AT_ONCE, REQUESTS - sent), seed: SEED + sent });
        await Promise.all(made.map((request) => send(api, request, complaints, statuses)));
      }
      expect([...complaints].slice(0, SHOWN)).toEqual([]);
      // A run in which nothing was understood, or nothing refused, would show little.
      expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 400]));
      expect((await api.get('/health/ready')).status).toBe(200);
    },
    60_000 + REQUESTS * 100,
  );

  async function send(
    api: Api,
    { operation, path, headers, body }: FuzzedRequest,
    complaints: Map<string, string>,
    statuses: Map<number, number>,
  ): Promise<void> {
    const { method } = operation;
    const answer = await api.call(method, path, { headers, ...(body === undefined ? {} : { raw: body }) });
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    if (answer.status === 201 && typeof answer.body?.id === 'string') ids.add(operation.path, answer.body.id);
    const complaint = answers.complaint(operation, answer);
    if (complaint === undefined) return;
    const about = JSON.stringify({
      path: path.slice(0, 300),
      headers,
      body: body?.slice(0, 500),
      answer: answer.text.slice(0, 500),
    });
    complaints.set(`${method} ${operation.path}: ${complaint}`, about);
  }
});
