/** The business facts of a prospect's life. The names are stored: they outlive every refactoring. */
export const ProspectEvents = {
  created: 'ProspectCreated',
  stageMoved: 'ProspectStageMoved',
  converted: 'ProspectConverted',
  disqualified: 'ProspectDisqualified',
  reopened: 'ProspectReopened',
  ownerAssigned: 'ProspectOwnerAssigned',
  contactChanged: 'ProspectContactChanged',
  detailsRevised: 'ProspectDetailsRevised',
  deleted: 'ProspectDeleted',
  restored: 'ProspectRestored',
  forgotten: 'ProspectForgotten',
} as const;
