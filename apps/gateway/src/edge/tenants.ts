import { Injectable } from '@nestjs/common';
import type { CommandContext } from '@sillage/kernel';
import { Messages, OPEN_TENANT } from '@sillage/messaging';
import { LRUCache } from 'lru-cache';

/** Sees to it that a tenant is open before its first request is carried out. */
@Injectable()
export class Tenants {
  private readonly opened = new LRUCache<string, Promise<void>>({ max: 10_000 });

  constructor(private readonly messages: Messages) {}

  open(context: CommandContext): Promise<void> {
    const { tenant } = context;
    const known = this.opened.get(tenant);
    if (known !== undefined) return known;
    const opening = this.messages.ask<void>(OPEN_TENANT, { context, payload: null });
    this.opened.set(tenant, opening);
    opening.catch(() => this.opened.delete(tenant));
    return opening;
  }
}
