// Catalogs as short text, for cases that people write:
//
//   enum mood: sad, ok                       schema auth      role reader
//   table auth.users                         sequence s: increment 2
//     id integer primary key not null        view v: select id from users
//     name text not null default 'x'         materialized view m: select 1
//     size integer generated (a * b)         area integer generated (a * b) virtual
//     no integer identity always from 3
//     primary key pk (a, b)                  unique u (a)
//     index i (a, lower(b)) where a > 0      unique index i (a)
//     index i using gin (a jsonb_path_ops)
//     foreign key fk (a) references t (b) on delete cascade
//     check c: a > 0
//     policy p for select to reader using (true) with check (true)
//
// Names without a schema are in `public` on PostgreSQL.
#pragma once

#include <string>
#include <vector>

#include "tidemark/catalog.h"

namespace tidemark::tests {

/// Lines as above, indented relative to each other. Throws std::runtime_error.
Catalog parse_catalog(const std::vector<std::string>& lines, Engine engine);

}  // namespace tidemark::tests
