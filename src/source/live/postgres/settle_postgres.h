#pragma once

#include <unordered_map>

#include "source/live/settle.h"

namespace tidemark {

/// What can be told by looking is settled by looking (settle_shape, same_default). The
/// rest is told by PostgreSQL itself: the wanted expressions are given to temporary
/// tables of the same columns, and printed back (scratch).
Settled settle_postgres(Catalog live, const Catalog& wanted, Connection& database,
                        const OldNames& old);

namespace postgres_live {

/// The tables of a catalog for many looks.
using TablesByPath = std::unordered_map<Path, const Table*>;
TablesByPath tables_by_path(const Catalog& catalog);

/// Names cut at 63 bytes, keys written in two ways, NOT NULL that a key implies, types
/// spelled in two ways: in `live` as in `wanted`.
void settle_shape(Catalog& live, const Catalog& wanted);

/// The name as the server keeps it: 63 bytes at most, cut between characters.
std::string kept_name(const std::string& name);

/// Whether two types are certainly the same: `numeric(10)` and `numeric(10, 0)`.
bool same_type_text(const std::string& live, const std::string& wanted);

/// A default in the words of snapshots: `'a'` for `'a'::text`, a bare number.
Literal plain_default(const Column& column);

/// Whether two defaults are certainly the same: `'a'::text` and `'a'`.
bool same_default(const Literal& live, const Literal& wanted);

}  // namespace postgres_live
}  // namespace tidemark
