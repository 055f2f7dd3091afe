// Snapshots, documents and journals: any text is read or refused with an Error,
// and what was read can be written and read again.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "folder/document.h"
#include "folder/journal.h"
#include "folder/snapshot.h"

namespace tidemark {
namespace {

template <class Read>
void read_or_refuse(Read read) {
  try {
    read();
  } catch (const Error&) {  // refused
  }
}

void round_trip(std::string_view text, Engine engine) {
  Snapshot snapshot = parse_snapshot(text, engine, "f");
  std::string once = write_snapshot(snapshot.catalog, snapshot.ids, snapshot.meta);
  Snapshot again = parse_snapshot(once, engine, "f");
  if (write_snapshot(again.catalog, again.ids, again.meta) != once) std::abort();
}

}  // namespace
}  // namespace tidemark

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidemark;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  for (Engine engine : {Engine::postgresql, Engine::sqlite}) {
    read_or_refuse([&] { round_trip(text, engine); });
    read_or_refuse([&] { DocumentText(std::string(text)).read(engine); });
    read_or_refuse([&] { upgrade_snapshot(text, engine, "f"); });
  }
  read_or_refuse([&] { Journal::parse(text, "f").text(); });
  if (!same_text(text, text)) std::abort();
  read_header(text);
  read_last_ids(text);
  return 0;
}
