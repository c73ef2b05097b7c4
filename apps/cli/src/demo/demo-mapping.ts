/** What the files of `sillage demo` become: a mapping like any other (docs/import.md). */
export const DEMO_MAPPING = `# Imports the files that "sillage demo" has written beside this one:
#   sillage import <this folder> --mapping <this folder>/mapping.yaml
name: demo

files:
  - file: accounts.csv
    type: accounts
    externalId: account_id
    fields:
      name: name
      industry: industry
      owner: owner
      phone: phone
      website: website
      address.street: street
      address.city: city
      address.postalCode: postal_code
      address.country: country
      employees: employees
      annualRevenue: { column: annual_revenue, currency: { column: currency } }
      parentAccountId: parent_id
      createdAt: created

  - file: clients.csv
    type: clients
    externalId: client_id
    fields:
      name: name
      jobTitle: job_title
      email: email
      phone: phone
      address.city: city
      address.country: country
      accountId: account_id
      owner: owner
      createdAt: created

  - file: prospects.csv
    type: prospects
    externalId: prospect_id
    fields:
      name: name
      company: company
      email: email
      phone: phone
      source: source
      stage: stage
      owner: owner
      createdAt: created

  - file: opportunities.csv
    type: opportunities
    externalId: opportunity_id
    fields:
      name: name
      amount: { column: amount, currency: { column: currency } }
      stage: stage
      accountId: account_id
      clientId: client_id
      owner: owner
      source: source
      createdAt: created
      expectedCloseDate: expected_close
      closedAt: closed
      lostReason: lost_reason

  - file: interactions.csv
    type: interactions
    externalId: interaction_id
    fields:
      kind: kind
      date: date
      subject: subject
      durationMinutes: minutes
      direction: direction
      accountId: account_id
      clientId: client_id
      prospectId: prospect_id
      opportunityId: opportunity_id
      owner: owner
`;
