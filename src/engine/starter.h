// The files that `init` writes.
#pragma once

#include <string>
#include <string_view>

#include "tidemark/catalog.h"

namespace tidemark {

std::string starter_schema(Engine engine);
std::string starter_config(Engine engine, std::string_view schema, std::string_view out);

}  // namespace tidemark
