// `repair`: the history of a database is corrected by who knows better. Runs no
// migration and changes no table of the user's.
#pragma once

#include <string>
#include <vector>

#include "apply/log_table.h"
#include "apply/status.h"
#include "engine/database.h"
#include "engine/engine.h"

namespace tidemark {

struct RepairOptions {
  std::vector<std::string> accept, applied, not_applied;  // tags
  bool forget = false;                                    // rows whose files are gone
  bool baseline = false;  // everything in the folder counts as applied
};

enum class Correction : std::uint8_t { accept, applied, not_applied, forget };

struct Correcting {
  Correction what;
  std::string tag;     // of `forget`: the hash
  std::size_t number;  // in the folder; of `forget`: among the missing
};

/// In two steps, so that what will happen can be shown between.
class Repair {
 public:
  /// Throws Error(Fault::usage) for a tag that is unknown or not in that state.
  Repair(Project& project, const RepairOptions& options);

  const std::string& database() const { return target_.source.url.shown; }
  const std::vector<Correcting>& plan() const { return plan_; }
  /// All in one transaction.
  void apply(const std::string& version);

 private:
  void decide(const RepairOptions& options);
  void add(Correction what, const std::string& tag);
  void correct(const Correcting& one, const HistoryTable& history, const LogTable& log);

  Target target_;
  Status status_;
  std::vector<Correcting> plan_;
};

}  // namespace tidemark
