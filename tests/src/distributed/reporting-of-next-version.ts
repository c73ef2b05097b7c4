import 'reflect-metadata';
import { runProcess } from '@sillage/platform';
import { REPORTING_SCHEMA } from '@sillage/reporting';
import { reportingProcess } from '@sillage/reporting-service';

/* The reporting process as in operation, but of a version that has one view more, so that its views are not today's. */
const views = [...REPORTING_SCHEMA.views, { name: 'of-the-next-version', fields: {} }];

await runProcess('reporting', reportingProcess({ ...REPORTING_SCHEMA, views }));
