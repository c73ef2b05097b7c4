import type { JsonObject } from '@sillage/kernel';
import type { Messages } from '@sillage/messaging';
import type { Answer, ListRequest, Parameter } from '@sillage/reporting';
import { ReadPattern } from '@sillage/reporting/service';
import type { FindPeople } from './people.js';

/** Milliseconds that a look-up may take: less than the request has that needs it. */
const TIME_FOR_LOOK_UP = 4_000;

const MOST_ON_A_PAGE = '200';

interface Page {
  readonly items: readonly JsonObject[];
  readonly nextCursor: string | null;
}

/** Finds the people of a tenant in the views, by message. */
export function peopleByMessage(messages: Messages, tenant: string): FindPeople {
  const context = { tenant, actor: 'sillage', correlationId: '', deadline: Date.now() + TIME_FOR_LOOK_UP };
  return async (type, field, values) => {
    const asked = [
      ...values.map((value): Parameter => [field, value]),
      ['sort', 'createdAt'],
      ['limit', MOST_ON_A_PAGE],
    ];
    const found: JsonObject[] = [];
    let cursor: string | null = null;
    do {
      const parameters = [...asked, ...(cursor === null ? [] : [['cursor', cursor]])] as readonly Parameter[];
      const payload: ListRequest = { tenant, type, parameters };
      const page = pageIn(await messages.ask<Answer>(ReadPattern.list, { context, payload }));
      found.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return found;
  };
}

function pageIn({ body }: Answer): Page {
  return JSON.parse(typeof body === 'string' ? body : Buffer.from(body).toString()) as Page;
}
