/**
 * Another projector of the same partition has written what this one was about to: its value is the newer one. To be
 * met by starting again from the stored checkpoint.
 */
export class Superseded extends Error {
  constructor() {
    super('another projector of this partition is ahead');
    this.name = 'Superseded';
  }
}
