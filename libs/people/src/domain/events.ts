/** The business facts of a user's life. The names are stored: they outlive every refactoring. */
export const UserEvents = {
  created: 'UserCreated',
  teamAssigned: 'UserTeamAssigned',
  managerAssigned: 'UserManagerAssigned',
  detailsRevised: 'UserDetailsRevised',
  deleted: 'UserDeleted',
  restored: 'UserRestored',
} as const;

/** Those of a team's. */
export const TeamEvents = {
  created: 'TeamCreated',
  managerAssigned: 'TeamManagerAssigned',
  detailsRevised: 'TeamDetailsRevised',
  deleted: 'TeamDeleted',
  restored: 'TeamRestored',
} as const;
