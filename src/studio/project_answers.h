// What the page asks of the project's files and migrations, whatever is in the database.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "base/json.h"
#include "engine/engine.h"

namespace tidemark::studio {

using ProjectAnswer = std::function<json::object(Project&, const json::object& parameters)>;

/// By the path of the request.
const std::map<std::string, ProjectAnswer>& project_answers();

}  // namespace tidemark::studio
