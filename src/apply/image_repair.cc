#include "apply/image_repair.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <iterator>
#include <set>
#include <tuple>

#include "apply/image_object.h"
#include "base/text.h"
#include "dialect/sql_writer.h"

namespace tidemark {
namespace {

using Text = std::optional<std::string>;

/// In this order; within one, drops of what others stand on come later.
enum class Rank : std::uint8_t {
  drop_comment,
  rename,
  drop_from_table,
  drop_view,
  drop_reference,
  drop_constraint,
  drop_index,
  drop_function,
  drop_sequence,
  drop_type,
  drop_schema,
  alter,
  create_function,
  create_constraint,
  create_index,
  create_reference,
  create_on_table,
  grant,
  comment,
};

/// Before and after the last blank: what an object is, and the rights to it.
struct WithRights {
  std::string object, rights;

  explicit WithRights(const std::string& text) {
    std::size_t blank = text.rfind(' ');
    object = text.substr(0, blank);
    rights = blank == std::string::npos ? "" : text.substr(blank + 1);
  }
};

/// "text NOT NULL DEFAULT 'x'::text {admin=r/owner}".
struct ColumnText {
  std::string type, default_value, rights;
  bool not_null = false;

  explicit ColumnText(std::string text) {
    if (std::size_t at = text.rfind(" {"); text.ends_with('}') && at != std::string::npos)
      rights = cut(text, at, 1);
    if (std::size_t at = text.find(" DEFAULT "); at != std::string::npos)
      default_value = cut(text, at, std::string_view(" DEFAULT ").size());
    constexpr std::string_view required = " NOT NULL";
    if (std::size_t at = text.find(required); at != std::string::npos) {
      not_null = true;
      text.erase(at, required.size());
    }
    type = std::move(text);
  }

 private:
  static std::string cut(std::string& text, std::size_t at, std::size_t skipped) {
    std::string tail = text.substr(at + skipped);
    text.erase(at);
    return tail;
  }
};

/// "admin=ar/owner" → ("admin", "ar").
std::vector<std::pair<std::string, std::string>> rights_of(std::string_view list) {
  if (list.starts_with('{')) list = list.substr(1, list.size() - 2);
  std::vector<std::pair<std::string, std::string>> out;
  for (const std::string& item : split(list, ",")) {
    std::size_t equals = item.find('=');
    std::size_t slash = item.find('/', std::min(equals, item.size()));
    if (slash == std::string::npos) continue;
    out.emplace_back(item.substr(0, equals), item.substr(equals + 1, slash - equals - 1));
  }
  return out;
}

std::string_view right_name(char letter) {
  switch (letter) {
    case 'r':
      return "SELECT";
    case 'a':
      return "INSERT";
    case 'w':
      return "UPDATE";
    case 'd':
      return "DELETE";
    case 'D':
      return "TRUNCATE";
    case 'x':
      return "REFERENCES";
    case 't':
      return "TRIGGER";
    case 'm':
      return "MAINTAIN";
    case 'U':
      return "USAGE";
    case 'C':
      return "CREATE";
    case 'X':
      return "EXECUTE";
    default:
      return "";
  }
}

class Repair {
 public:
  explicit Repair(const ImageChanges& differences) : differences_(differences) {
    for (const auto& [object, change] : differences)  // renames come before drops
      if (ImageObject it(object); it.is("constraint", 3) && change.before && !change.after)
        constraint(it, change.before, change.after);
    for (const auto& [object, change] : differences)
      if (ImageObject it(object); !it.is("constraint", 3) || change.after)
        close(it, change.before, change.after);
  }

  std::vector<std::string> statements() && {
    std::ranges::stable_sort(steps_, {}, &Step::rank);
    std::vector<std::string> out;
    for (Step& step : steps_) out.push_back(std::move(step.sql));
    return out;
  }

 private:
  struct Step {
    Rank rank;
    std::string sql;
  };

  void add(Rank rank, std::string sql) { steps_.push_back({rank, std::move(sql)}); }

  void close(const ImageObject& it, const Text& wanted, const Text& now) {
    if (it.is("constraint", 3)) return constraint(it, wanted, now);
    if (it.is("index", 2)) return index(it, wanted, now);
    if (it.is("trigger", 3) || it.is("rule", 3)) return on_table(it, wanted, now);
    if (it.is("policy", 3)) return policy(it, wanted, now);
    if (it.is("function", 2)) return function(it, wanted, now);
    if (it.is("column", 3)) return column(it, wanted, now);
    if (it.kind == "comment on") return comment(it, wanted);
    if (!wanted) return drop(it);
    if (now) rights(it, *wanted, *now);
  }

  void drop(const ImageObject& it) {
    if (it.is("view", 2)) add(Rank::drop_view, standard_sql("DROP VIEW ", it.path()));
    if (it.is("materialized view", 2))
      add(Rank::drop_view, standard_sql("DROP MATERIALIZED VIEW ", it.path()));
    if (it.is("sequence", 2)) add(Rank::drop_sequence, standard_sql("DROP SEQUENCE ", it.path()));
    if (it.is("type", 2)) add(Rank::drop_type, standard_sql("DROP TYPE ", it.path()));
    if (it.is("extension", 1)) add(Rank::drop_type, standard_sql("DROP EXTENSION ", it.names[0]));
    if (it.is("schema", 1)) add(Rank::drop_schema, standard_sql("DROP SCHEMA ", it.names[0]));
  }

  /// The constraint that came where one went that is the same but for its name: keys that
  /// others refer to can be renamed, and not made anew.
  Name alike(const ImageObject& it, const std::string& definition) {
    std::string table = image_object("constraint", it.path()) + ".";
    for (auto other = differences_.lower_bound(table);
         other != differences_.end() && other->first.starts_with(table); ++other) {
      ImageObject object(other->first);
      const ObjectChange& change = other->second;
      if (object.is("constraint", 3) && !change.before && change.after == definition &&
          renamed_.insert(object.described).second)
        return object.names[2];
    }
    return {};
  }

  void constraint(const ImageObject& it, const Text& wanted, const Text& now) {
    std::string table = standard_sql("ALTER TABLE ", it.path());
    if (wanted && !now)
      if (Name other = alike(it, *wanted); !other.empty())
        return add(Rank::rename,
                   table + standard_sql(" RENAME CONSTRAINT ", other, " TO ", it.names[2]));
    if (renamed_.contains(it.described)) return;
    auto refers = [](const std::string& text) { return text.starts_with("FOREIGN KEY"); };
    if (now)
      add(refers(*now) ? Rank::drop_reference : Rank::drop_constraint,
          table + standard_sql(" DROP CONSTRAINT ", it.names[2]));
    if (wanted)
      add(refers(*wanted) ? Rank::create_reference : Rank::create_constraint,
          table + standard_sql(" ADD CONSTRAINT ", it.names[2], " ") + *wanted);
  }

  void comment(const ImageObject& it, const Text& wanted) {
    add(wanted ? Rank::comment : Rank::drop_comment,
        "COMMENT ON " + commented(it.described) + " IS " +
            (wanted ? string_literal(*wanted) : "NULL"));
  }

  /// "column age of table public.users", as the server describes it; the last name and
  /// its schema are quoted already.
  static std::string commented(const std::string& text) {
    std::size_t kind = text.find(' ');
    if (text.starts_with("schema ")) return "SCHEMA " + standard_sql(Name(text.substr(kind + 1)));
    for (std::string_view word : {" of table ", " of view ", " of materialized view "})
      if (std::size_t at = text.rfind(word); text.starts_with("column ") && at != std::string::npos)
        return "COLUMN " + text.substr(at + word.size()) +
               standard_sql(".", Name(text.substr(kind + 1, at - kind - 1)));
    constexpr std::string_view on = " on table ";
    std::size_t at = text.rfind(on);
    if (at == std::string::npos) return text;
    return text.substr(0, kind) + standard_sql(" ", Name(text.substr(kind + 1, at - kind - 1))) +
           " ON " + text.substr(at + on.size());
  }

  /// That of a constraint comes and goes with it.
  void index(const ImageObject& it, const Text& wanted, const Text& now) {
    bool of_constraint = std::ranges::any_of(differences_, [&](const auto& one) {
      ImageObject other(one.first);
      return other.is("constraint", 3) && other.names[0] == it.names[0] &&
             other.names[2] == it.names[1];
    });
    if (of_constraint) return;
    if (now) add(Rank::drop_index, standard_sql("DROP INDEX ", it.path()));
    if (wanted && !wanted->ends_with(" invalid")) add(Rank::create_index, *wanted);
  }

  /// A trigger's text ends with how it fires: O, as usual.
  void on_table(const ImageObject& it, const Text& wanted, const Text& now) {
    bool trigger = it.kind == "trigger";
    if (trigger && wanted && !wanted->ends_with(" O")) return;
    if (now)
      add(Rank::drop_from_table,
          standard_sql("DROP ", trigger ? "TRIGGER " : "RULE ", it.names[2], " ON ", it.path()));
    if (wanted)
      add(Rank::create_on_table, trigger ? wanted->substr(0, wanted->size() - 2) : *wanted);
  }

  /// "PERMISSIVE ALL {public} (a = b) CHECK (a = b)".
  void policy(const ImageObject& it, const Text& wanted, const Text& now) {
    if (now)
      add(Rank::drop_from_table, standard_sql("DROP POLICY ", it.names[2], " ON ", it.path()));
    if (!wanted) return;
    std::size_t command = wanted->find(' ');
    std::size_t roles = wanted->find(" {");
    std::size_t end = wanted->find('}', roles);
    std::string sql = standard_sql("CREATE POLICY ", it.names[2], " ON ", it.path(), " AS ",
                                   wanted->substr(0, command), " FOR ",
                                   wanted->substr(command + 1, roles - command - 1), " TO ",
                                   wanted->substr(roles + 2, end - roles - 2));
    std::string rest = wanted->substr(end + 1);
    std::size_t check = rest.find(" CHECK ");
    if (std::string uses(trim(rest.substr(0, check))); !uses.empty())
      sql += " USING (" + uses + ")";
    if (check != std::string::npos) sql += " WITH CHECK (" + rest.substr(check + 7) + ")";
    add(Rank::create_on_table, std::move(sql));
  }

  void function(const ImageObject& it, const Text& wanted, const Text& now) {
    std::string named = standard_sql(it.path(), it.arguments);
    if (!wanted) return add(Rank::drop_function, "DROP ROUTINE " + named);
    std::size_t begin = wanted->find("CREATE OR REPLACE ");
    std::size_t end = wanted->rfind("\n ");
    if (begin == std::string::npos || end == std::string::npos) return;
    std::string definition = wanted->substr(begin, end - begin);
    if (!now || now->find(definition) == std::string::npos) add(Rank::create_function, definition);
    if (now) grant("ROUTINE " + named, "", wanted->substr(end + 2), now->substr(now->rfind(' ')));
  }

  static std::string without_collation(const std::string& type) {
    return type.substr(0, type.find(" COLLATE "));
  }

  /// Rows hang on its type, but not on its collation.
  void column(const ImageObject& it, const Text& wanted, const Text& now) {
    if (!wanted || !now) return;
    ColumnText was(*wanted);
    ColumnText is(*now);
    std::string alter = standard_sql("ALTER TABLE ", it.path(), " ALTER COLUMN ", it.names[2]);
    if (without_collation(was.type) != without_collation(is.type)) return;
    if (was.type != is.type) add(Rank::alter, alter + " TYPE " + was.type);
    if (was.not_null != is.not_null)
      add(Rank::alter, alter + (was.not_null ? " SET NOT NULL" : " DROP NOT NULL"));
    if (was.default_value != is.default_value)
      add(Rank::alter, alter + (was.default_value.empty() ? " DROP DEFAULT"
                                                          : " SET DEFAULT " + was.default_value));
    grant("TABLE " + standard_sql(it.path()), standard_sql(" (", it.names[2], ")"), was.rights,
          is.rights);
  }

  void rights(const ImageObject& it, const std::string& wanted, const std::string& now) {
    WithRights was(wanted);
    WithRights is(now);
    if (it.is("table", 2)) {
      row_security(it, was.object, is.object);
      options(it, was.object, is.object);
    }
    if (was.object != is.object) return;
    std::string kind = it.kind == "schema" || it.kind == "sequence" ? it.kind : "table";
    std::string on = kind + " ";
    if (it.is("schema", 1)) return grant(on + standard_sql(it.names[0]), "", was.rights, is.rights);
    if (it.names.size() == 2 && it.kind != "type")
      grant(on + standard_sql(it.path()), "", was.rights, is.rights);
  }

  void row_security(const ImageObject& it, std::string& was, std::string& is) {
    for (auto [word, on, off] : {std::tuple{" forced", "FORCE", "NO FORCE"},
                                 std::tuple{" row security", "ENABLE", "DISABLE"}}) {
      std::size_t had = was.size();
      std::size_t has = is.size();
      was = without(was, word);
      is = without(is, word);
      bool wanted = was.size() < had;
      if (wanted != (is.size() < has))
        add(Rank::alter, standard_sql("ALTER TABLE ", it.path(), " ", wanted ? on : off) +
                             " ROW LEVEL SECURITY");
    }
  }

  /// "r p owner admin {fillfactor=70,autovacuum_enabled=off}".
  void options(const ImageObject& it, std::string& was, std::string& is) {
    std::vector<std::string> wanted = cut_options(was);
    std::vector<std::string> now = cut_options(is);
    std::string alter = standard_sql("ALTER TABLE ", it.path());
    for (const std::string& option : now)
      if (std::ranges::find(wanted, option) == wanted.end())
        add(Rank::alter, alter + " RESET (" + option.substr(0, option.find('=')) + ")");
    for (const std::string& option : wanted)
      if (std::ranges::find(now, option) == now.end())
        add(Rank::alter, alter + " SET (" + option + ")");
  }

  static std::vector<std::string> cut_options(std::string& text) {
    std::size_t open = text.find(" {");
    std::size_t close = text.find('}', std::min(open, text.size()));
    if (close == std::string::npos) return {};
    std::string list = text.substr(open + 2, close - open - 2);
    text.erase(open, close + 1 - open);
    return split(list, ",");
  }

  static std::string without(std::string text, std::string_view part) {
    if (std::size_t at = text.find(part); at != std::string::npos) text.erase(at, part.size());
    return text;
  }

  void grant(const std::string& object, const std::string& column, const std::string& wanted,
             const std::string& now) {
    auto was = rights_of(trim(wanted));
    auto is = rights_of(trim(now));
    for (const auto& [role, letters] : is)
      if (std::ranges::find(was, std::pair(role, letters)) == was.end())
        add(Rank::grant, "REVOKE ALL" + column + " ON " + object + " FROM " + grantee(role));
    for (const auto& [role, letters] : was)
      if (std::ranges::find(is, std::pair(role, letters)) == is.end())
        grant_all(object, column, role, letters);
  }

  /// A letter before * may be passed on.
  void grant_all(const std::string& object, const std::string& column, const std::string& role,
                 const std::string& letters) {
    for (std::size_t i = 0; i < letters.size(); ++i) {
      std::string right(right_name(letters[i]));
      if (right.empty()) continue;
      bool passed_on = i + 1 < letters.size() && letters[i + 1] == '*';
      add(Rank::grant, "GRANT " + right + column + " ON " + object + " TO " + grantee(role) +
                           (passed_on ? " WITH GRANT OPTION" : ""));
    }
  }

  static std::string grantee(const std::string& role) { return role.empty() ? "PUBLIC" : role; }

  const ImageChanges& differences_;
  std::set<std::string> renamed_;  // constraints that get the name of another
  std::vector<Step> steps_;
};

}  // namespace

std::vector<std::string> repair_statements(const ImageChanges& differences) {
  return Repair(differences).statements();
}

}  // namespace tidemark
