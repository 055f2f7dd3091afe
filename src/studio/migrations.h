// What only a migration tool can show: the timeline, what is pending and what it would
// do, drift; and the three buttons.
#pragma once

#include <functional>

#include "apply/events.h"
#include "base/json.h"
#include "engine/engine.h"

namespace tidemark::studio {

/// Migrations in the folder's order, with what the log knows, their SQL, way back and
/// findings.
json::object timeline(Project& project);

/// What one migration does to the diagram, with the tags on both sides of it. Throws
/// Error(Fault::failed) where the folder lacks its snapshot.
json::object step_json(Project& project, const std::string& tag);

/// The database against its migrations and against the schema: what would close each
/// difference, and its diagram, in which "added" is what only the database has.
json::object drift_json(Project& project);

/// An event as one line of the page's progress: {"event": …}.
json::object event_json(const Event& event);

/// What a rollback of the newest `count` would run and lose.
json::object rollback_preview(Project& project, std::size_t count);

/// The pending ones on a copy of the database; `tell` takes what `rehearse --json` prints.
void run_rehearse(Project& project, const std::function<void(const json::object&)>& tell);

/// `tags` are those that were pending when it was agreed to: with others none is run.
void run_migrate(Project& project, const std::vector<std::string>& tags, const std::string& version,
                 const EventSink& events);

/// `tags` are those of the preview that was agreed to: others are not taken back.
void run_rollback(Project& project, const std::vector<std::string>& tags, const EventSink& events);

}  // namespace tidemark::studio
