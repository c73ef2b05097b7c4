/** The business facts of a client's life. The names are stored: they outlive every refactoring. */
export const ClientEvents = {
  created: 'ClientCreated',
  moved: 'ClientMoved',
  contactChanged: 'ClientContactChanged',
  accountAssigned: 'ClientAccountAssigned',
  ownerAssigned: 'ClientOwnerAssigned',
  detailsRevised: 'ClientDetailsRevised',
  deleted: 'ClientDeleted',
  restored: 'ClientRestored',
  forgotten: 'ClientForgotten',
} as const;
