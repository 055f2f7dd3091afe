// A rehearsal as events: what `rehearse --json` prints and what the studio's page is told.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "engine/rehearse.h"

namespace tidemark {

struct RehearsalEvent {
  std::string name;
  json::object fields;
};

RehearsalEvent event_of(const CopyStep& step);
/// Its statements, the tables whose number of rows changed, and the way back.
std::vector<RehearsalEvent> events_of(const RehearsedMigration& migration);
/// The last one.
RehearsalEvent event_of(const Rehearsal& rehearsal);

}  // namespace tidemark
