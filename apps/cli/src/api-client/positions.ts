import type { RecordTypeName } from '@sillage/contracts';

/** The position of the last write of each type, so that a read of that type can wait until views show it. */
export class WritePositions {
  private readonly last = new Map<RecordTypeName, number>();

  /** @param token a `Sillage-Position`, if the answer had one; answers may arrive out of order. */
  note(type: RecordTypeName, token: string | undefined): void {
    const position = Number(token);
    if (Number.isSafeInteger(position) && position > (this.last.get(type) ?? -1)) this.last.set(type, position);
  }

  /** The header that makes a read wait; none when nothing of the type was written. */
  waitFor(type: RecordTypeName): { readonly 'sillage-wait-for'?: string } {
    const position = this.last.get(type);
    return position === undefined ? {} : { 'sillage-wait-for': String(position) };
  }
}
