// The sessions of the studio at the database, each set up for what it is there for.
#pragma once

#include "connect/database_url.h"
#include "studio/lane.h"

namespace tidemark::studio {

struct SessionUse {
  bool reads = false;    // and can do nothing else
  bool limited = false;  // no statement of PostgreSQL takes longer than 30 s
};

DatabaseSession::Open opener(const DatabaseUrl& url, SessionUse use);

/// For a lane of work that opens connections of its own.
DatabaseSession::Open no_session();

}  // namespace tidemark::studio
