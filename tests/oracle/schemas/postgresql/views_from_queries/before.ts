import { and, asc, avg, count, desc, eq, gt, gte, isNotNull, lt, max, sql } from 'drizzle-orm';
import { boolean, integer, pgMaterializedView, pgTable, pgView, QueryBuilder, text, timestamp, alias } from 'drizzle-orm/pg-core';

export const users = pgTable('users', { id: integer('id').primaryKey(), name: text('name').notNull(), age: integer('age'), active: boolean('active').notNull(), boss: integer('boss') });
export const posts = pgTable('posts', { id: integer('id').primaryKey(), authorId: integer('author_id').notNull(), title: text('title').notNull(), at: timestamp('at') });

const qb = new QueryBuilder();
export const adults = pgView('adults').as((q) => q.select().from(users).where(gt(users.age, 18)));
export const names = pgView('names').as(qb.select({ id: users.id, label: sql<string>`upper(${users.name})`.as('label') }).from(users));
export const authors = pgView('authors').as((q) =>
  q.select({ userId: users.id, title: posts.title })
    .from(users)
    .innerJoin(posts, eq(posts.authorId, users.id))
    .where(and(eq(users.active, true), isNotNull(posts.at)))
    .orderBy(desc(posts.at), asc(users.name))
    .limit(10)
    .offset(5));
export const counts = pgMaterializedView('counts').as((q) =>
  q.select({ authorId: posts.authorId, total: count().as('total'), last: max(posts.at).as('last') })
    .from(posts)
    .groupBy(posts.authorId)
    .having(gte(count(), 2)));
export const distinct = pgView('distinct_names').as((q) => q.selectDistinct({ name: users.name }).from(users));
const bosses = alias(users, 'bosses');
export const pairs = pgView('pairs').as((q) => q.select({ name: users.name, bossId: sql<number>`${bosses.id}`.as('boss_id') }).from(users).leftJoin(bosses, eq(users.boss, bosses.id)));
const recent = qb.select({ id: posts.id, authorId: posts.authorId }).from(posts).where(lt(posts.id, 100)).as('recent');
export const fromSubquery = pgView('from_subquery').as((q) => q.select().from(recent));
export const withCte = pgView('with_cte').as((q) => {
  const cte = q.$with('cte').as(q.select({ id: users.id }).from(users));
  return q.with(cte).select({ id: cte.id }).from(cte);
});
