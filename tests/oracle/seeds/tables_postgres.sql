CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE users (
  id serial PRIMARY KEY, name varchar(80) NOT NULL, email text NOT NULL UNIQUE,
  active boolean NOT NULL DEFAULT true, mood mood DEFAULT 'ok', settings jsonb, tags text[],
  created_at timestamptz NOT NULL DEFAULT '2024-01-01T00:00:00Z');
CREATE TABLE posts (
  id serial PRIMARY KEY, author_id integer NOT NULL REFERENCES users ON DELETE CASCADE,
  title text NOT NULL, published boolean NOT NULL DEFAULT false, views integer NOT NULL DEFAULT 0);
CREATE TABLE labels (id serial PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE post_labels (
  post_id integer NOT NULL REFERENCES posts, label_id integer NOT NULL REFERENCES labels,
  PRIMARY KEY (post_id, label_id));
CREATE TABLE kinds (
  id uuid PRIMARY KEY, small smallint, big bigint, huge bigint, counter bigserial,
  price numeric(10, 2), ratio real, exact double precision, day date, day_date date, clock time,
  plain timestamp, zoned timestamptz, zoned_text timestamptz, span interval, place point,
  doc json, docb jsonb, bytes bytea, numbers integer[], moods mood[]);
