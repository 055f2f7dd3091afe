#include "engine/made_again.h"

#include <algorithm>

#include "apply/image_object.h"
#include "base/text.h"
#include "dialect/sql_writer.h"

namespace tidemark {
namespace {

bool went(const ObjectChange& change) { return change.before && !change.after; }

/// Without rights, and what another object has to be there for.
bool is_plain(const std::string& column) {
  return !column.ends_with('}') && column.find(" IDENTITY ") == std::string::npos &&
         column.find(" GENERATED ") == std::string::npos &&
         column.find("nextval(") == std::string::npos;
}

/// Whether there is a table of that name before and none after, or a column in it.
bool goes(const Catalog& before, const Catalog& after, const Path& table, const Name& column) {
  const Table* was = before.table(table);
  const Table* is = after.table(table);
  if (column.empty()) return was && !is;
  return was && was->column(column) && !(is && is->column(column));
}

class Again {
 public:
  Again(const ImageChanges& recorded, const Renames& renamed, const Catalog& before,
        const Catalog& after)
      : recorded_(recorded), renamed_(renamed), before_(before), after_(after) {
    for (const auto& [object, change] : recorded) {
      if (!went(change)) continue;
      ImageObject it(object);
      if (it.is("type", 2)) type(it.path(), *change.before);
      if (it.is("table", 2)) table(it.path(), *change.before);
      if (it.is("column", 3)) column(it.path(), it.names[2], *change.before);
    }
  }

  std::vector<std::string> statements() && {
    std::vector<std::string> out = std::move(types_);
    std::ranges::move(tables_, std::back_inserter(out));
    std::ranges::move(columns_, std::back_inserter(out));
    return out;
  }

 private:
  /// "owner admin e 'a','b'".
  void type(const Path& path, const std::string& text) {
    std::size_t labels = text.find(" e '");
    bool known =
        std::ranges::any_of(before_.enums, [&](const Enum& it) { return it.path == path; });
    if (labels == std::string::npos || known || was_renamed(RenameKind::enumeration, path, {}))
      return;
    types_.push_back(standard_sql("CREATE TYPE ", path, " AS ENUM (") + text.substr(labels + 3) +
                     ");");
  }

  /// "r p owner admin admin=r/admin".
  void table(const Path& path, const std::string& text) {
    if (!text.starts_with("r p ") || goes(before_, after_, path, {}) ||
        was_renamed(RenameKind::table, path, {}))
      return;
    std::vector<std::string> columns;
    std::string prefix = image_object("column", path) + ".";
    for (auto it = recorded_.lower_bound(prefix);
         it != recorded_.end() && it->first.starts_with(prefix); ++it) {
      if (!went(it->second)) continue;
      if (!is_plain(*it->second.before)) return;
      columns.push_back(standard_sql(Name(it->first.substr(prefix.size())), " ") +
                        *it->second.before);
    }
    tables_.push_back(standard_sql("CREATE TABLE ", path, " (") + join(columns, ", ") + ");");
  }

  void column(const Path& table, const Name& name, const std::string& text) {
    auto owner = recorded_.find(image_object("table", table));
    if (owner != recorded_.end() && went(owner->second)) return;
    if (!is_plain(text) || goes(before_, after_, table, name) ||
        was_renamed(RenameKind::column, table, name))
      return;
    columns_.push_back(standard_sql("ALTER TABLE ", table, " ADD COLUMN ", name, " ") + text + ";");
  }

  /// A name that was given on the way and is gone again does not bring the old one back.
  bool was_renamed(RenameKind kind, const Path& path, const Name& column) const {
    return std::ranges::any_of(renamed_, [&](const RenameDecision& it) {
      if (it.kind != kind) return false;
      if (kind != RenameKind::column) return it.before == path && came(kind, it.after, {});
      return it.table == path && it.before.name == column && came(kind, path, it.after.name);
    });
  }

  bool came(RenameKind kind, const Path& path, const Name& column) const {
    std::string_view word = kind == RenameKind::column  ? "column"
                            : kind == RenameKind::table ? "table"
                                                        : "type";
    auto found = recorded_.find(image_object(word, path, column));
    return found != recorded_.end() && found->second.after;
  }

  const ImageChanges& recorded_;
  const Renames& renamed_;
  const Catalog& before_;
  const Catalog& after_;
  std::vector<std::string> types_, tables_, columns_;
};

bool is_said(const std::vector<CreatedObject>& said, const Path& path, const Name& column) {
  return std::ranges::any_of(said, [&](const CreatedObject& it) {
    return it.path.name == path.name && it.column == column;
  });
}

bool is_new_name(const Renames& renamed, const Path& path, const Name& column) {
  return std::ranges::any_of(renamed, [&](const RenameDecision& it) {
    if (it.kind == RenameKind::column) return it.table == path && it.after.name == column;
    return it.kind == RenameKind::table && column.empty() && it.after == path;
  });
}

/// Whether another table got the same column, and may have passed it on.
bool may_be_inherited(const ImageChanges& recorded, const ImageObject& column,
                      const ObjectChange& change) {
  return std::ranges::any_of(recorded, [&](const auto& one) {
    const ImageObject other(one.first);
    return other.is("column", 3) && other.names[2] == column.names[2] &&
           !(other.path() == column.path()) && one.second.after == change.after &&
           !one.second.before;
  });
}

std::string drop_column(const Path& table, const Name& column) {
  return standard_sql("ALTER TABLE ", table, " DROP COLUMN IF EXISTS ", column);
}

/// A column that is inherited goes with the one that it is from.
std::string drop_own_column(const Path& table, const Name& column) {
  const std::string drop =
      "BEGIN IF (SELECT bool_and(attinhcount = 0) FROM "
      "pg_catalog.pg_attribute WHERE attrelid = to_regclass(" +
      string_literal(standard_sql(table)) + ") AND attname = " + string_literal(column.text()) +
      ") THEN " + drop_column(table, column) + "; END IF; END";
  return "DO " + string_literal(drop);
}

bool has(const Catalog& catalog, const Path& path, const Name& column) {
  const Table* table = catalog.table(path);
  return table && (column.empty() || table->column(column));
}

}  // namespace

std::vector<std::string> taken_away(const ImageChanges& recorded, const Renames& renamed,
                                    const std::vector<CreatedObject>& said, const Catalog& after) {
  std::vector<std::string> out;
  for (const auto& [object, change] : recorded) {
    ImageObject it(object);
    bool column = it.is("column", 3);
    bool table = it.is("table", 2) && change.after && change.after->starts_with("r p ");
    if (change.before || (!column && !table)) continue;
    Path path = it.path();
    Name part = column ? it.names[2] : Name();
    auto owner = recorded.find(image_object("table", path));
    bool with_its_table = column && owner != recorded.end() && !owner->second.before;
    if (with_its_table || is_said(said, path, part) || is_new_name(renamed, path, part) ||
        has(after, path, part))
      continue;
    if (!column)
      out.push_back(standard_sql("DROP TABLE IF EXISTS ", path, " CASCADE;"));
    else
      out.push_back((may_be_inherited(recorded, it, change) ? drop_own_column(path, part)
                                                            : drop_column(path, part)) +
                    ";");
  }
  return out;
}

std::vector<std::string> made_again(const ImageChanges& recorded, const Renames& renamed,
                                    const Catalog& before, const Catalog& after) {
  return Again(recorded, renamed, before, after).statements();
}

}  // namespace tidemark
