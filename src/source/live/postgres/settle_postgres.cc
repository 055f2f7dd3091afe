#include "source/live/postgres/settle_postgres.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "catalog/columns.h"
#include "catalog/object_lists.h"
#include "dialect/postgres/indexes.h"
#include "dialect/postgres/types.h"
#include "dialect/sql_writer.h"
#include "source/live/postgres/read_postgres.h"
#include "source/live/postgres/same_tree.h"
#include "source/live/postgres/scratch.h"

namespace tidemark {
namespace {

using namespace postgres_live;

template <class Part>
const Part* named(const std::vector<Part>& parts, const Name& name) {
  auto found = std::ranges::find(parts, name, &Part::name);
  return found == parts.end() ? nullptr : &*found;
}

/// The table of a name in the temporary schema.
const Table* printed_table(const Catalog& printed, const Name& name) {
  auto found = std::ranges::find_if(printed.tables,
                                    [&](const Table& table) { return table.path.name == name; });
  return found == printed.tables.end() ? nullptr : &*found;
}

/// An expression of a table as its temporary copy understands it, which is in no schema.
std::string for_copy(const Path& table, const std::string& expression) {
  return replace_all(expression, standard_sql(FullPath{table}, "."), standard_sql(table.name, "."));
}

/// An index as text: all that makes it what it is but its name.
std::string text_of(const Index& index) {
  Index plain = index;
  plain.name = "index";
  plain.concurrently = false;
  return postgres_dialect::index_sql({"", "table"}, plain);
}

std::string text_of(const Policy& policy) {
  return fmt::format("USING {} WITH CHECK {}", policy.using_expression.value_or(""),
                     policy.with_check.value_or(""));
}

std::string policy_sql(const Path& table, const Policy& policy) {
  std::string out =
      standard_sql("CREATE POLICY ", policy.name, " ON ", table.name, " FOR ", policy.command);
  if (policy.using_expression) out += " USING (" + *policy.using_expression + ")";
  if (policy.with_check) out += " WITH CHECK (" + *policy.with_check + ")";
  return for_copy(table, out);
}

/// Roles as the server keeps them: PUBLIC stands for all others, and the words for a
/// user became that user.
std::vector<std::string> kept_roles(const std::vector<std::string>& roles,
                                    const std::string& user) {
  if (std::ranges::find(roles, "public") != roles.end()) return {"public"};
  std::vector<std::string> kept;
  for (const std::string& role : roles) {
    bool word = role == "current_user" || role == "current_role" || role == "session_user";
    kept.push_back(word ? user : role);
  }
  std::ranges::sort(kept);
  kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
  return kept;
}

void settle_roles(Policy& live, const Policy& wanted, const std::string& user) {
  if (kept_roles(wanted.roles, user) == live.roles) live.roles = wanted.roles;
}

const Policy* linked(const std::vector<Policy>& policies, const Policy& like) {
  auto found = std::ranges::find_if(policies, [&](const Policy& it) {
    return it.on == like.on && kept_name(it.name.text()) == like.name.text();
  });
  return found == policies.end() ? nullptr : &*found;
}

using Expression = std::optional<std::string>;

bool same_expression_if_any(const Expression& live, const Expression& wanted, const Path& table) {
  return live == wanted || (live && wanted && same_expression(*live, *wanted, table));
}

/// Collects what only the server can tell.
class Questions {
 public:
  std::vector<Question> take() { return std::move(found_); }

  /// `user` is who is connected, whom a policy may be for.
  void about(Table& live, const Table& wanted, const std::string& user) {
    for (Column& column : live.columns)
      if (const Column* want = wanted.column(column.name)) about(live, column, *want);
    for (Check& check : live.checks)
      if (const Check* want = named(wanted.checks, check.name)) about(live, check, *want);
    for (Index& index : live.indexes)
      if (const Index* want = named(wanted.indexes, index.name)) about(live, index, *want);
    for (Policy& policy : live.policies)
      if (const Policy* want = named(wanted.policies, policy.name))
        about(live.path, policy, *want, user);
  }

  void about(const Path& table, Policy& live, const Policy& wanted, const std::string& user) {
    settle_roles(live, wanted, user);
    if (live.using_expression.has_value() != wanted.using_expression.has_value() ||
        live.with_check.has_value() != wanted.with_check.has_value())
      return;
    auto adopt = [&live, &wanted] {
      live.using_expression = wanted.using_expression;
      live.with_check = wanted.with_check;
    };
    if (same_expression_if_any(live.using_expression, wanted.using_expression, table) &&
        same_expression_if_any(live.with_check, wanted.with_check, table))
      return adopt();
    found_.push_back({.table = table,
                      .object = live.name,
                      .what = "policy",
                      .live = text_of(live),
                      .wanted = text_of(wanted),
                      .sql = policy_sql(table, wanted),
                      .answer =
                          [name = table.name, policy = wanted.name](const Catalog& printed) {
                            const Table* found = printed_table(printed, name);
                            const Policy* it = found ? named(found->policies, policy) : nullptr;
                            return it ? text_of(*it) : std::string();
                          },
                      .adopt = adopt});
  }

  void about(View& live, const View& wanted) {
    if (!live.definition || !wanted.definition || *live.definition == *wanted.definition) return;
    // The columns follow from the definition; a schema says more of them than a database.
    auto adopt = [&live, &wanted] {
      live.definition = wanted.definition;
      live.columns = wanted.columns;
    };
    if (same_statement(*live.definition, *wanted.definition)) return adopt();
    Name scratch(fmt::format("tidemark_view_{}", found_.size()));
    found_.push_back(
        {.table = live.path,
         .object = live.path.name,
         .what = "view",
         .live = *live.definition,
         .wanted = *wanted.definition,
         .sql = standard_sql("CREATE TEMPORARY VIEW ", scratch, " AS ", *wanted.definition),
         .answer =
             [scratch](const Catalog& printed) {
               for (const View& view : printed.views)
                 if (view.path.name == scratch) return view.definition.value_or("");
               return std::string();
             },
         .adopt = adopt});
  }

 private:
  void about(const Table& table, Column& live, const Column& wanted) {
    if (live.type != wanted.type) about_type(table, live, wanted);
    if (live.generated && wanted.generated) about_generated(table, live, wanted);
    // PostgreSQL keeps no default of NULL: it is what a column has without one.
    if (!live.default_value && wanted.default_value && lower(wanted.default_value->text) == "null")
      live.default_value = wanted.default_value;
    if (!live.default_value || !wanted.default_value) return;
    if (same_default(*live.default_value, *wanted.default_value) ||
        same_expression(live.default_value->text, wanted.default_value->text, table.path))
      live.default_value = wanted.default_value;
    else
      about_default(table, live, wanted);
  }

  /// `column` is one of a temporary table that was made for the question.
  static std::function<std::string(const Catalog&)> column_answer(
      const Name& table, const Name& column, std::string (*text)(const Column&)) {
    return [=](const Catalog& printed) {
      const Table* found = printed_table(printed, table);
      const Column* it = found ? found->column(column) : nullptr;
      return it ? text(*it) : std::string();
    };
  }

  void add(const Table& table, const Name& object, std::string what, std::string live,
           std::string wanted, std::string statement,
           std::function<std::string(const Catalog&)> answer, std::function<void()> adopt) {
    found_.push_back({table.path, object, std::move(what), std::move(live), std::move(wanted),
                      std::move(statement), std::move(answer), std::move(adopt)});
  }

  void about_type(const Table& table, Column& live, const Column& wanted) {
    if (is_serial(wanted) || is_serial(live)) return;
    Name scratch(fmt::format("tidemark_type_{}", found_.size()));
    add(
        table, live.name, "type", live.type.text, wanted.type.text,
        standard_sql("ALTER TABLE ", table.path.name, " ADD COLUMN ", scratch, " ",
                     postgres_dialect::full_type_sql(wanted.type)),
        [=,
         answer =
             column_answer(table.path.name, scratch, [](const Column& it) { return it.type.text; }),
         before = live.type.text](const Catalog& printed) {
          std::string text = answer(printed);
          return text.empty() ? "a type that is not there" : text;
        },
        [&live, &wanted] { live.type = wanted.type; });
  }

  void about_default(const Table& table, Column& live, const Column& wanted) {
    add(table, live.name, "default", live.default_value->text, wanted.default_value->text,
        standard_sql("ALTER TABLE ", table.path.name, " ALTER COLUMN ", live.name, " SET DEFAULT ",
                     *wanted.default_value),
        column_answer(table.path.name, live.name,
                      [](const Column& it) {
                        return it.default_value ? it.default_value->text : std::string();
                      }),
        [&live, &wanted] { live.default_value = wanted.default_value; });
  }

  void about_generated(const Table& table, Column& live, const Column& wanted) {
    auto adopt = [&live, &wanted] { live.generated = wanted.generated; };
    if (same_expression(live.generated->expression, wanted.generated->expression, table.path))
      return adopt();
    Name scratch(fmt::format("tidemark_generated_{}", found_.size()));
    add(table, live.name, "generated column", live.generated->expression,
        wanted.generated->expression,
        standard_sql("ALTER TABLE ", table.path.name, " ADD COLUMN ", scratch, " ",
                     postgres_dialect::full_type_sql(live.type), " GENERATED ALWAYS AS (",
                     for_copy(table.path, wanted.generated->expression), ") STORED"),
        column_answer(table.path.name, scratch,
                      [](const Column& it) {
                        return it.generated ? it.generated->expression : std::string();
                      }),
        adopt);
  }

  void about(const Table& table, Check& live, const Check& wanted) {
    auto adopt = [&live, &wanted] { live.expression = wanted.expression; };
    if (same_expression(live.expression, wanted.expression, table.path)) return adopt();
    Name scratch(fmt::format("tidemark_check_{}", found_.size())), name = table.path.name;
    add(
        table, live.name, "check", live.expression, wanted.expression,
        standard_sql("ALTER TABLE ", name, " ADD CONSTRAINT ", scratch, " CHECK (",
                     for_copy(table.path, wanted.expression), ")"),
        [=](const Catalog& printed) {
          const Table* found = printed_table(printed, name);
          const Check* it = found ? named(found->checks, scratch) : nullptr;
          return it ? it->expression : std::string();
        },
        adopt);
  }

  void about(const Table& table, Index& live, const Index& wanted) {
    live.concurrently = wanted.concurrently;
    if (!live.valid) return;  // to be built anew, however it reads
    auto adopt = [&live, &wanted] {
      Name name = live.name;
      live = wanted;
      live.name = name;
    };
    if (same_statement(text_of(live), text_of(wanted), &table.path)) return adopt();
    Index scratch = wanted;
    scratch.name = Name(fmt::format("tidemark_index_{}", found_.size()));
    scratch.concurrently = false;
    Name name = table.path.name;
    add(
        table, live.name, "index", text_of(live), text_of(wanted),
        for_copy(table.path, postgres_dialect::index_sql({"", name}, scratch)),
        [name, index = scratch.name](const Catalog& printed) {
          const Table* found = printed_table(printed, name);
          const Index* it = found ? named(found->indexes, index) : nullptr;
          return it ? text_of(*it) : std::string();
        },
        adopt);
  }

  std::vector<Question> found_;
};

/// Policies on tables that somebody else manages, as far as they are wanted and there.
void read_linked(Catalog& live, const Catalog& wanted, Connection& database) {
  for (Policy& policy : read_policies_beside(database, wanted.policies)) {
    const Policy* want = linked(wanted.policies, policy);
    if (!want) continue;
    policy.name = want->name;
    live.policies.push_back(std::move(policy));
  }
}

template <class Object>
Path path_of(const Object& object) {
  if constexpr (requires { object.path; })
    return object.path;
  else
    return {{}, object.name};
}

/// What the live catalog has not: a push that brings it up to what is wanted makes it.
ToCome to_come(Catalog& live, const Catalog& wanted) {
  ToCome out;
  auto add_new = [&out](const auto& there, const auto& list) {
    std::set<Path> known;
    for (const auto& object : there) known.insert(path_of(object));
    for (const auto& object : list)
      if (Path path = path_of(object); !known.contains(path)) out.names.insert(path.name);
  };
  for_each_list(live, wanted, add_new);
  for (const Enum& want : wanted.enums)
    if (auto there = find_same(live.enums, want); there != live.enums.end())
      for (const std::string& value : want.values)
        if (std::ranges::find(there->values, value) == there->values.end())
          out.values.insert(value);
  const TablesByPath wants = tables_by_path(wanted);
  for (const Table& table : live.tables) {
    auto want = wants.find(table.path);
    if (want == wants.end()) continue;
    add_new(table.columns, want->second->columns);
    for (const Column& column : table.columns)
      if (const Column* now = want->second->column(column.name); now && now->type != column.type)
        out.retyped[table.path].insert(column.name);
  }
  return out;
}

}  // namespace

Settled settle_postgres(Catalog live, const Catalog& wanted, Connection& database,
                        const OldNames& old) {
  Settled settled{std::move(live)};
  Catalog& catalog = settled.live;
  take_over_owned_sequences(catalog, wanted, database);
  settle_shape(catalog, wanted);
  std::string user = database.query("SELECT current_user").rows.at(0).at(0).value_or("");
  Questions questions;
  const TablesByPath wants = tables_by_path(wanted);
  for (Table& table : catalog.tables) {
    auto want = wants.find(table.path);
    if (want == wants.end()) continue;
    questions.about(table, *want->second, user);
  }
  if (!wanted.policies.empty()) read_linked(catalog, wanted, database);
  for (Policy& policy : catalog.policies)
    if (const Policy* want = linked(wanted.policies, policy))
      questions.about(policy.on, policy, *want, user);
  for (View& view : catalog.views) {
    auto want = std::ranges::find(wanted.views, view.path, &View::path);
    if (want != wanted.views.end()) questions.about(view, *want);
  }
  settled.undecided = ask(database, questions.take(), old, to_come(catalog, wanted));
  return settled;
}

}  // namespace tidemark
