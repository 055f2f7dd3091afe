// libpq, loaded on first use: linked plainly it and what it pulls in (TLS,
// Kerberos, LDAP) cost more than the whole program's start.
#pragma once

#include <libpq-fe.h>

namespace tidemark {

#define TIDEMARK_LIBPQ_FUNCTIONS(X)                                                                \
  X(PQconnectdbParams)                                                                             \
  X(PQfinish)                                                                                      \
  X(PQstatus) X(PQerrorMessage) X(PQsetNoticeReceiver) X(PQsetnonblocking) X(PQsocket) X(PQflush)  \
      X(PQconsumeInput) X(PQisBusy) X(PQgetResult) X(PQsendQueryParams) X(PQenterPipelineMode)     \
          X(PQexitPipelineMode) X(PQpipelineStatus) X(PQpipelineSync) X(PQsendFlushRequest)        \
              X(PQresultStatus) X(PQresultErrorField) X(PQresultErrorMessage) X(PQclear)           \
                  X(PQntuples) X(PQnfields) X(PQfname) X(PQgetvalue) X(PQgetisnull) X(PQgetlength) \
                      X(PQgetCancel) X(PQfreeCancel) X(PQcancel) X(PQsendPrepare)                  \
                          X(PQsendQueryPrepared) X(PQbackendPID)

struct LibpqLibrary {
#define TIDEMARK_DECLARE(name) decltype(&::name) name;
  TIDEMARK_LIBPQ_FUNCTIONS(TIDEMARK_DECLARE)
#undef TIDEMARK_DECLARE
};

/// Throws Error(Fault::failed) when the library is not installed or too old for
/// pipelines (before version 14).
const LibpqLibrary& libpq();

}  // namespace tidemark
