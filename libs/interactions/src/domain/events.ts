/** The business facts of an interaction's life. The names are stored: they outlive every refactoring. */
export const InteractionEvents = {
  logged: 'InteractionLogged',
  rescheduled: 'InteractionRescheduled',
  relationsChanged: 'InteractionRelationsChanged',
  ownerAssigned: 'InteractionOwnerAssigned',
  detailsRevised: 'InteractionDetailsRevised',
  deleted: 'InteractionDeleted',
  restored: 'InteractionRestored',
  forgotten: 'InteractionForgotten',
} as const;
