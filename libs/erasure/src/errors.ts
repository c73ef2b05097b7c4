/** What was to be opened is no key store, or cannot be reached as one. */
export class KeysNotOpened extends Error {
  constructor(
    place: string,
    readonly reason: string,
  ) {
    super(`cannot open the key store ${place}: ${reason}`);
    this.name = 'KeysNotOpened';
  }
}
