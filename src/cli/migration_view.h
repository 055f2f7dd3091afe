// Running migrations, as they are watched.
#pragma once

#include "cli/console.h"
#include "engine/migrate.h"

namespace tidemark {

class MigrationView {
 public:
  explicit MigrationView(Console& console) : console_(console) {}
  void show(const Event& event);

 private:
  void on(const RunStarted& event);
  void on(const WaitingForLock& event);
  void on(const MigrationStarted& event);
  void on(const StatementRunning& event);
  void on(const StatementDone& event);
  void on(const Retrying& event);
  void on(const MigrationDone& event);
  void on(const Remark& event);
  void on(const RunFinished& event);
  void on(const RowsKept& event);
  void on(const PutBack& event);
  void on(const RolledBack& event);
  void on(const RollbackFinished& event);

  Console& console_;
};

void show_remark(Console& console, const Remark& remark);

}  // namespace tidemark
