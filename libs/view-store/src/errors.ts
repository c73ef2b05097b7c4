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
