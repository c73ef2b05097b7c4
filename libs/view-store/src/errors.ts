/**
 * The views are no more where somebody has read them: another projector of the partition has written meanwhile. What was
 * made of values that are no more is worth nothing; a projector is to begin again from the stored checkpoint.
 */
export class ViewsMovedOn extends Error {
  constructor(
    readonly partition: number,
    readonly position: number,
  ) {
    super(`the views of partition ${partition} are no more at ${position}`);
    this.name = 'ViewsMovedOn';
  }
}

/**
 * The views in a place were made for another declaration, or by another version of what indexes them: they are to be
 * made anew from the log, in another place.
 */
export class ViewsOfAnotherSchema extends Error {
  constructor(readonly place: string) {
    super(`the views in ${place} were made for another schema`);
    this.name = 'ViewsOfAnotherSchema';
  }
}
