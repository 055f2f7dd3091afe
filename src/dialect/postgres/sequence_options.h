#pragma once

#include <string>

#include "tidemark/catalog.h"

namespace tidemark::postgres_dialect {

/// ` INCREMENT BY 1 MINVALUE 1 … CYCLE`: the options that are given, each after a
/// space.
std::string sequence_options(const SequenceOptions& options);

/// `GENERATED ALWAYS AS IDENTITY (sequence name "s" …)`
std::string identity_sql(const Identity& identity);

/// The statement's tail that gives an identity column's options other values, in
/// the peer's order: "SET MINVALUE 3". The start goes first where it has to.
std::vector<std::string> identity_settings(const Identity& before, const Identity& after);

/// Whether a sequence would start, or stand, below its new least value: then it
/// has to be moved there first.
bool starts_below(const SequenceOptions& before, const SequenceOptions& after);

/// The name PostgreSQL gives to an object of a table when nobody names it, cut as
/// the server cuts it: `users_id_seq`, `users_pkey`.
std::string default_name(const Name& table, const Name& column, std::string_view suffix);

}  // namespace tidemark::postgres_dialect
