#include "apply/kept_journal.h"

namespace tidemark {

KeptJournal::KeptJournal(Connection& database, std::size_t transactions) : database_(database) {
  if (database.engine() != Engine::sqlite || transactions < 2) return;
  if (mode() != "delete") return;
  database.query("PRAGMA journal_mode = persist");
  kept_ = true;
}

KeptJournal::~KeptJournal() {
  if (!kept_) return;
  try {
    if (mode() == "persist") database_.query("PRAGMA journal_mode = delete");  // not a migration's
  } catch (const DatabaseError&) {  // somebody writes just now, and deletes it afterwards
  }
}

std::string KeptJournal::mode() {
  return database_.query("PRAGMA journal_mode").rows.at(0)[0].value_or("");
}

}  // namespace tidemark
