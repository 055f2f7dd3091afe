#include "studio/edits.h"

#include <fmt/format.h>

#include <charconv>

#include "base/text.h"
#include "tidemark/error.h"

namespace tidemark::studio {
namespace {

Encoded parse_encoded(const json::value& value) {
  if (value.is_string()) return std::string(value.as_string());
  if (value.is_null()) return std::nullopt;
  throw Error(Fault::usage, "a value is a text or null");
}

Input parse_input(const json::value& value) {
  if (value.is_null()) return {};
  const json::object* object = value.if_object();
  if (object && object->contains("default")) return {Input::Kind::use_default};
  if (object && object->contains("text")) return {Input::Kind::text, text_at(*object, "text")};
  if (object && object->contains("number"))
    return {Input::Kind::number, text_at(*object, "number")};
  if (object && object->contains("hex")) return {Input::Kind::hex, text_at(*object, "hex")};
  throw Error(Fault::usage, "a new value is null, a text, a number, bytes or the default");
}

Edit parse_edit(const json::value& value) {
  const json::object& object = value.as_object();
  Edit edit{.table = {Name(text_at(object, "schema")), Name(text_at(object, "table"))}};
  std::string kind = text_at(object, "kind");
  if (kind == "insert")
    edit.kind = Edit::Kind::insert;
  else if (kind == "delete")
    edit.kind = Edit::Kind::remove;
  else if (kind != "update")
    throw Error(Fault::usage, fmt::format("\"{}\" is no kind of edit", kind));
  if (const json::value* key = object.if_contains("key"))
    for (const json::value& one : key->as_array()) edit.key.push_back(parse_encoded(one));
  if (const json::value* set = object.if_contains("set"))
    for (const auto& [name, input] : set->as_object())
      edit.set.emplace(std::string(name), parse_input(input));
  if (const json::value* seen = object.if_contains("seen"))
    for (const auto& [name, one] : seen->as_object())
      edit.seen.emplace(std::string(name), parse_encoded(one));
  return edit;
}

/// As Encoded; a whole number that is too large for the storage class stays what was typed.
std::string with_storage_class(const std::string& number) {
  bool whole = number.find_first_not_of("+-0123456789") == std::string::npos;
  std::int64_t fits = 0;
  const char* digits = number.data() + (number.starts_with('+') ? 1 : 0);
  bool small = std::from_chars(digits, number.data() + number.size(), fits).ec == std::errc();
  return (!whole ? "r" : small ? "i" : "t") + number;
}

/// Builds the statement of one edit.
class EditSql {
 public:
  EditSql(const Tables& tables, const Edit& edit, Parameters& parameters)
      : engine_(tables.engine),
        relation_(tables.find(edit.table)),
        edit_(edit),
        parameters_(parameters) {
    bool needs_key = edit.kind != Edit::Kind::insert || relation_.view;
    if (relation_.key.empty() && needs_key) throw Error(Fault::usage, relation_.read_only_reason);
  }

  std::string operator()() {
    switch (edit_.kind) {
      case Edit::Kind::insert:
        return insert();
      case Edit::Kind::update:
        return update();
      case Edit::Kind::remove:
        return fmt::format("DELETE FROM {}{}", quoted(relation_.path), where());
    }
    throw Error(Fault::bug, "an edit of no kind");
  }

 private:
  const GridColumn& column(const std::string& name) const {
    if (const GridColumn* found = relation_.column(name)) return *found;
    throw Error(Fault::usage,
                fmt::format("{} has no column {} any more", relation_.path.name.text(), name));
  }

  std::string value(const Input& input) {
    switch (input.kind) {
      case Input::Kind::null:
        return "NULL";
      case Input::Kind::text:
        return parameters_.text(input.content);
      case Input::Kind::number:
        return parameters_.encoded(
            engine_ == Engine::postgresql ? input.content : with_storage_class(input.content));
      case Input::Kind::hex:
        return parameters_.bytes(input.content);
      case Input::Kind::use_default:
        break;
    }
    if (engine_ == Engine::postgresql) return "DEFAULT";
    throw Error(Fault::usage, "SQLite gives defaults to new rows only");
  }

  std::string insert() {
    std::vector<std::string> names, values;
    for (const auto& [name, input] : edit_.set) {
      if (input.kind == Input::Kind::use_default) continue;
      names.push_back(quoted(column(name).name));
      values.push_back(value(input));
    }
    if (names.empty()) return fmt::format("INSERT INTO {} DEFAULT VALUES", quoted(relation_.path));
    return fmt::format("INSERT INTO {} ({}) VALUES ({})", quoted(relation_.path), join(names, ", "),
                       join(values, ", "));
  }

  std::string update() {
    if (edit_.set.empty()) throw Error(Fault::usage, "an update of nothing");
    std::vector<std::string> list;
    for (const auto& [name, input] : edit_.set)
      list.push_back(fmt::format("{} = {}", quoted(column(name).name), value(input)));
    return fmt::format("UPDATE {} SET {}{}", quoted(relation_.path), join(list, ", "), where());
  }

  /// The row, and that it still is what was seen.
  std::string where() {
    std::string sql = " WHERE " + key_condition(relation_, edit_.key, parameters_);
    if (!edit_.seen.empty())
      sql += engine_ == Engine::postgresql ? same_texts() : " AND " + same_values();
    return sql;
  }

  /// As one row: SQLite takes no more than a thousand conditions beside each other.
  std::string same_values() {
    std::vector<std::string> names, values;
    for (const auto& [name, seen] : edit_.seen) {
      names.push_back(quoted(column(name).name));
      values.push_back(parameters_.encoded(seen));
    }
    return fmt::format("({}) IS ({})", join(names, ", "), join(values, ", "));
  }

  std::string same_texts() {
    std::string sql;
    for (const auto& [name, seen] : edit_.seen) {
      const GridColumn& it = column(name);
      if (!seen)
        sql += fmt::format(" AND {} IS NULL", quoted(it.name));
      else if (type_class(it.type, engine_) == TypeClass::bytes)
        sql += fmt::format(" AND {} = {}", quoted(it.name), parameters_.bytes(*seen));
      else  // not all types have an equality, and all have one text
        sql += fmt::format(" AND {} = {}", text_sql(it, engine_), parameters_.text(*seen));
    }
    return sql;
  }

  Engine engine_;
  const Relation& relation_;
  const Edit& edit_;
  Parameters& parameters_;
};

EditOutcome conflict(std::size_t index, const Edit& edit) {
  return {.failed = index,
          .conflict = true,
          .message = edit.kind == Edit::Kind::remove
                         ? "the row to delete was changed or deleted by somebody else"
                         : "the row was changed or deleted by somebody else",
          .detail = "Nothing was saved. Reload the row and decide again."};
}

}  // namespace

std::vector<Edit> parse_edits(const json::value& list) {
  std::vector<Edit> edits;
  try {
    for (const json::value& one : list.as_array()) edits.push_back(parse_edit(one));
  } catch (const std::exception& error) {
    if (const auto* ours = dynamic_cast<const Error*>(&error)) throw Error(*ours);
    throw Error(Fault::usage, "that is no list of edits");
  }
  return edits;
}

std::string preview(const Tables& tables, const Edit& edit) {
  Parameters parameters(tables.engine, Parameters::As::literals);
  return EditSql(tables, edit, parameters)() + ";";
}

EditOutcome apply_edits(Connection& database, const Tables& tables, std::span<const Edit> edits) {
  std::vector<Command> commands;
  for (const Edit& edit : edits) {
    Parameters parameters(tables.engine);
    std::string sql = EditSql(tables, edit, parameters)() + " RETURNING 1";
    commands.push_back({std::move(sql), parameters.take()});
  }
  std::size_t at = 0;
  bool committing = false;
  try {
    database.execute(tables.engine == Engine::postgresql ? "BEGIN" : "BEGIN IMMEDIATE");
    for (; at < commands.size(); ++at) {
      Rows rows = database.query(commands[at].sql, commands[at].parameters);
      if (rows.rows.size() == 1) continue;
      database.roll_back();
      return conflict(at, edits[at]);
    }
    committing = true;
    database.execute("COMMIT");
    return {};
  } catch (const DatabaseError& error) {
    if (!error.connection_lost) database.roll_back();
    return {.failed = std::min(at, commands.size() - 1),
            .unknown = committing && error.connection_lost,
            .message = error.message,
            .detail = error.detail.empty() ? error.hint : error.detail};
  }
}

}  // namespace tidemark::studio
