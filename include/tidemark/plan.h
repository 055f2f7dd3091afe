// A plan: the statements that turn one catalog into another, in the order they
// must run, each with what may go wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tidemark/error.h"

namespace tidemark {

/// Hazard classes. Their names (`hazard_name`) are the words of `--allow`, of
/// the configuration and of JSON output; they are a stored format.
enum class Hazard : std::uint8_t {
  loses_data,
  may_fail_on_data,
  blocks_writes,
  blocks_reads,
  rewrites_table,
  breaks_running_code,
  irreversible,
  not_transactional,
};
std::string_view hazard_name(Hazard hazard);
std::optional<Hazard> hazard_of(std::string_view name);  // empty for no name of one
std::span<const std::string_view> all_hazard_names();

struct Finding {
  Hazard hazard;
  std::string_view code;  // stable and documented, so that it can be silenced
  std::string message;    // one sentence: what will happen, to what
};

struct Statement {
  std::string sql;        // as written to the file: with its semicolon, and with the
                          // line end that the format puts after some kinds
  std::string why = {};   // one phrase: the change that asked for it
  std::string lock = {};  // "ACCESS EXCLUSIVE on users"; may be empty
  bool in_transaction = true;
  std::vector<Finding> findings = {};
  Origin origin = {};  // the user's line that asked for it
};

struct Plan {
  std::vector<Statement> statements;
};

}  // namespace tidemark
