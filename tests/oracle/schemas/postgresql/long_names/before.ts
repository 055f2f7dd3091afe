import { index, integer, pgTable, text, unique } from 'drizzle-orm/pg-core';

export const organizations = pgTable('organization_membership_applications', {
  id: integer('organization_membership_application_identifier').primaryKey(),
  reason: text('reason_for_the_application_as_given').unique(),
});
export const reviews = pgTable('organization_membership_application_reviews', {
  id: integer('id').primaryKey(),
  application: integer('organization_membership_application_id').references(() => organizations.id),
}, (t) => [index().on(t.application)]);
