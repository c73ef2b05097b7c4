/** The business facts of an opportunity's life. The names are stored: they outlive every refactoring. */
export const OpportunityEvents = {
  created: 'OpportunityCreated',
  stageMoved: 'OpportunityStageMoved',
  won: 'OpportunityWon',
  lost: 'OpportunityLost',
  reopened: 'OpportunityReopened',
  amountRevised: 'OpportunityAmountRevised',
  probabilityRevised: 'OpportunityProbabilityRevised',
  closeDateExpected: 'OpportunityCloseDateExpected',
  ownerAssigned: 'OpportunityOwnerAssigned',
  partiesChanged: 'OpportunityPartiesChanged',
  detailsRevised: 'OpportunityDetailsRevised',
  deleted: 'OpportunityDeleted',
  restored: 'OpportunityRestored',
} as const;
