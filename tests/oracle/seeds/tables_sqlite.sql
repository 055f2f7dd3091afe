CREATE TABLE users (
  id integer PRIMARY KEY AUTOINCREMENT, name text NOT NULL, email text NOT NULL UNIQUE,
  active integer NOT NULL DEFAULT 1, settings text, created_at integer NOT NULL DEFAULT 1704067200);
CREATE TABLE posts (
  id integer PRIMARY KEY, author_id integer NOT NULL REFERENCES users ON DELETE CASCADE,
  title text NOT NULL, views integer NOT NULL DEFAULT 0);
CREATE TABLE labels (id integer PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE post_labels (
  post_id integer NOT NULL REFERENCES posts, label_id integer NOT NULL REFERENCES labels,
  PRIMARY KEY (post_id, label_id));
CREATE TABLE kinds (
  id text PRIMARY KEY, whole integer, at integer, flag integer, ratio real, price numeric,
  bytes blob, doc blob, huge blob, level text, anything);
