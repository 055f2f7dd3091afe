#include "base/build_id.h"

#include <elf.h>
#include <link.h>

namespace tidemark {
namespace {

std::string id_among_notes(const dl_phdr_info& object) {
  for (int i = 0; i < object.dlpi_phnum; ++i) {
    const ElfW(Phdr)& header = object.dlpi_phdr[i];
    if (header.p_type != PT_NOTE) continue;
    const char* note = reinterpret_cast<const char*>(object.dlpi_addr + header.p_vaddr);
    const char* end = note + header.p_memsz;
    while (note + sizeof(ElfW(Nhdr)) <= end) {
      auto* head = reinterpret_cast<const ElfW(Nhdr)*>(note);
      const char* name = note + sizeof *head;
      const char* id = name + (head->n_namesz + 3) / 4 * 4;
      if (head->n_type == NT_GNU_BUILD_ID && std::string_view(name, 3) == "GNU")
        return std::string(id, head->n_descsz);
      note = id + (head->n_descsz + 3) / 4 * 4;
    }
  }
  return "";
}

struct Search {
  std::string_view name;
  std::string id = {};
};

int look_at(dl_phdr_info* object, std::size_t, void* out) {
  Search& search = *static_cast<Search*>(out);
  std::string_view path = object->dlpi_name;  // the program's is empty
  if (search.name.empty() ? !path.empty() : path.find(search.name) == std::string_view::npos)
    return 0;
  search.id = id_among_notes(*object);
  return 1;
}

}  // namespace

std::string build_id(std::string_view name) {
  Search search{name};
  dl_iterate_phdr(look_at, &search);
  return search.id;
}

}  // namespace tidemark
