#include "schema_edit/table_edit.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "schema_edit/chain.h"
#include "schema_text/typescript.h"

namespace tidemark::schema_edit {
namespace {

bool same_place(const Origin& a, const Origin& b) {
  return a.range && b.range && *a.range == *b.range;
}

/// The list that a function of a table's extras gives; null where it is written otherwise.
Node given_list(Node function) {
  Node found(TSNode{});
  Node body = function.field("body");
  script::walk(body, [&](Node node) {
    if (found) return false;
    if (node.is("array") || node.is("object")) found = node;
    return !found && !node.is("call_expression");
  });
  return found;
}

/// What the function calls its table; it is told to where it does not.
std::string parameter_of(SourceFile& file, Node function) {
  if (Node alone = function.field("parameter")) return file.text_of(alone);
  Node list = function.field("parameters");
  for (std::uint32_t i = 0; list && i < list.size(); ++i)
    if (Node it = list.child(i); it.named() && !it.is("comment")) {
      Node pattern = it.field("pattern");
      return file.text_of(pattern ? pattern : it);
    }
  if (list) file.insert(list.begin() + 1, "table");
  return "table";
}

}  // namespace

TableEdit::ColumnEdit& TableEdit::edit_of(const Name& column) {
  ColumnEdit& edit = columns_[column];
  edit.own = table_.column(column);
  return edit;
}

void TableEdit::apply(const Add<Column>& change) {
  added_.push_back(writer_.column(table_.path, change.part));
}
void TableEdit::apply(const Remove<Column>& change) { edit_of(change.part.name).removed = true; }
void TableEdit::apply(const Modify<Column>& change) {
  edit_of(change.before.name).after = change.after;
}
void TableEdit::apply(const SetRowLevelSecurity& change) { row_security_ = change.enabled; }

bool TableEdit::stands_at_column(const Origin& origin) const {
  return std::ranges::any_of(table_.columns,
                             [&](const Column& it) { return same_place(it.origin, origin); });
}

bool TableEdit::replace_extra(const Origin& origin, const Write& write) {
  Place place = stands_at_column(origin) ? Place{} : files_.place(origin);
  Place table = files_.place(table_.origin);
  Node function = table ? argument(table.call, 2) : Node(TSNode{});
  if (!place || !function) return false;
  place.file->replace(whole_chain(place.call), write(parameter_of(*table.file, function)));
  return true;
}

/// An element of the extras, or a call at a column.
void TableEdit::take_away(const Origin& origin, const std::string& kind) {
  for (const Column& column : table_.columns)
    if (same_place(column.origin, origin)) {
      edit_of(column.name).dropped.insert(kind);
      return;
    }
  Place place = files_.place(origin);
  Node element = place ? element_of(place.call) : Node(TSNode{});
  if (element)
    place.file->remove(element);
  else
    complete_ = false;
}

bool TableEdit::finish_column(const Name& name, const ColumnEdit& edit) {
  Place place = edit.own ? files_.place(edit.own->origin) : Place{};
  Node pair = place ? element_of(place.call) : Node(TSNode{});
  if (!pair) return false;
  if (edit.removed) {
    place.file->remove(pair);
    return true;
  }
  Node call = whole_chain(place.call);
  Chain chain = chain_of(call, place.file->text());
  if (edit.after)
    chain = merged(chain, chain_of_pair(writer_.column(table_.path, *table_.column(name))),
                   chain_of_pair(writer_.column(table_.path, *edit.after)));
  std::erase_if(chain.links, [&](const Link& it) { return edit.dropped.contains(it.kind); });
  place.file->replace(call, chain.text());
  return true;
}

bool TableEdit::add_extras(const Place& place) {
  Node function = argument(place.call, 2);
  std::vector<std::string> items;
  if (!function) {
    for (const Extra& extra : extras_) items.push_back("\n  " + extra.write("table") + ",");
    Node columns = argument(place.call, 1);
    if (columns)
      place.file->insert(columns.end(), fmt::format(", (table) => [{}\n]", join(items, "")));
    return bool(columns);
  }
  Node list = given_list(function);
  if (!list) return false;
  std::string parameter = parameter_of(*place.file, function);
  for (const Extra& extra : extras_) {
    std::string key = list.is("object") ? schema_text::object_key(extra.name.text()) + ": " : "";
    items.push_back(key + extra.write(parameter));
  }
  place.file->append(list, items);
  return true;
}

void TableEdit::set_row_security(const Place& place) const {
  Node call = whole_chain(place.call);
  Chain chain = chain_of(call, place.file->text());
  const Link* link = chain.find("enableRLS");
  if (*row_security_ && !link)
    place.file->insert(call.end(), ".enableRLS()");
  else if (!*row_security_ && link) {
    std::size_t begin = call.begin() + place.file->text_of(call).rfind(link->text);
    place.file->erase(begin, begin + link->text.size());
  }
}

bool TableEdit::finish_table() {
  if (added_.empty() && extras_.empty() && !row_security_) return true;
  Place place = files_.place(table_.origin);
  if (!place) return false;
  if (row_security_) set_row_security(place);
  if (!added_.empty()) {
    Node columns = argument(place.call, 1);
    if (columns && !columns.is("object")) columns = given_list(columns);  // (t) => ({ … })
    if (!columns) return false;
    place.file->append(columns, added_);
  }
  return extras_.empty() || add_extras(place);
}

bool TableEdit::finish() {
  for (const auto& [name, edit] : columns_) complete_ = finish_column(name, edit) && complete_;
  return finish_table() && complete_;
}

}  // namespace tidemark::schema_edit
