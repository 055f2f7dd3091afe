import { index, integer, real, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core';

const common = { id: integer('id').primaryKey(), createdAt: text('created_at').notNull().$defaultFn(() => new Date().toISOString()) };
export const albums = sqliteTable('albums', { ...common, title: text('title').notNull(), year: integer('year') });
export const photos = sqliteTable('photos', {
  ...common,
  albumId: integer('album_id').notNull().references(() => albums.id, { onDelete: 'cascade' }),
  path: text('path').notNull(),
  exif: text('exif', { mode: 'json' }).$type<Record<string, string>>(),
  latitude: real('latitude'),
  longitude: real('longitude'),
  rating: integer('rating').default(0),
}, (t) => ({ path: unique().on(t.albumId, t.path), place: index('photos_place').on(t.latitude, t.longitude) }));
