/**
 * A batch does not follow on what the views hold: another projector of the partition has written meanwhile, so the batch
 * was made from values that are no more. Whoever made it is to begin again from the stored checkpoint.
 */
export class ViewsMovedOn extends Error {
  constructor(
    readonly partition: number,
    after: number,
  ) {
    super(`the views of partition ${partition} are no more where a batch begins, at ${after}`);
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
