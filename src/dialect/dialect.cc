#include "dialect/dialect.h"

namespace tidemark {

const Dialect& dialect_of(Engine engine) {
  switch (engine) {
    case Engine::postgresql:
      return postgres();
    case Engine::sqlite:
      return sqlite();
    case Engine::turso:
      return libsql();
  }
  throw Error(Fault::bug, "no dialect for this engine");
}

}  // namespace tidemark
