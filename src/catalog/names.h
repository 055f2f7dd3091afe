#pragma once

#include <string>

#include "tidemark/name.h"

namespace tidemark {

/// `users`, `auth.users`: a name as people say it.
std::string plain_name(const Path& path);
std::string plain_name(const Path& table, const Name& part);

}  // namespace tidemark
