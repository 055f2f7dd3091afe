// Domains of PostgreSQL, which a catalog knows by their names alone.
#pragma once

#include <string>

#include "connect/connection.h"
#include "tidemark/catalog.h"

namespace tidemark::seed {

/// Gives what `without_domains` takes.
std::string domains_query();

/// A column of a domain is one of the type under it, with the domain's checks among those of its
/// table.
Catalog without_domains(Catalog catalog, const Rows& domains);

}  // namespace tidemark::seed
