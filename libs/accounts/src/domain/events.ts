/** The business facts of an account's life. The names are stored: they outlive every refactoring. */
export const AccountEvents = {
  created: 'AccountCreated',
  ownerAssigned: 'AccountOwnerAssigned',
  revenueReported: 'AccountRevenueReported',
  parentAssigned: 'AccountParentAssigned',
  detailsRevised: 'AccountDetailsRevised',
  deleted: 'AccountDeleted',
  restored: 'AccountRestored',
} as const;
