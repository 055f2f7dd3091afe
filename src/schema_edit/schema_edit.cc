#include "schema_edit/schema_edit.h"

#include <algorithm>
#include <map>
#include <optional>

#include "catalog/names.h"
#include "plan/reasons.h"
#include "schema_edit/source_files.h"
#include "schema_edit/table_edit.h"
#include "schema_edit/writer.h"
#include "schema_text/imports.h"
#include "schema_text/outside.h"

namespace tidemark {
namespace schema_edit {
namespace {

/// Names for all that the database has: those of the files for what they declare.
schema_text::Names names_for(const SchemaEditRequest& request, SourceFiles& files) {
  schema_text::Outside outside = schema_text::outside_of(request.wanted);
  schema_text::Cycles cycles(request.wanted);
  std::vector<std::string> imports = schema_text::imports_of(request.wanted, outside, cycles);
  std::set<std::string> taken(imports.begin(), imports.end());
  taken.insert({"sql", "relations"});
  schema_text::Names names =
      schema_text::choose_names(request.wanted, outside, request.options, std::move(taken));
  take_names(files, request.schema, names);
  return names;
}

/// `export const users = pgTable(…);` → `pgTable(…)`
std::string value_of(const std::string& statement) {
  std::size_t begin = statement.find(" = ") + 3;
  return statement.substr(begin, statement.find_last_not_of(";\n") + 1 - begin);
}

Node first_call(Node root) {
  Node found(TSNode{});
  script::walk(root, [&](Node node) {
    if (!found && node.is("call_expression")) found = node;
    return !found;
  });
  return found;
}

std::string core_of(Engine engine) {
  return engine == Engine::postgresql ? "drizzle-orm/pg-core" : "drizzle-orm/sqlite-core";
}

class Editor {
 public:
  explicit Editor(const SchemaEditRequest& request)
      : request_(request), writer_(request.wanted, request.options, names_for(request, files_)) {}

  SchemaEdit run() {
    for (const Change& change : request_.difference.changes) {
      change_ = &change;
      std::visit([this](const auto& it) { apply(it); }, change);
    }
    for (auto& [path, table] : tables_)
      if (!table.finish()) out_.by_hand.push_back("change table " + plain_name(path));
    write_statements();
    for (SourceFile* file : files_.all())
      if (!file->edits().empty()) finish(*file);
    return std::move(out_);
  }

 private:
  // What stands by itself.
  template <class Object>
  void apply(const Create<Object>& change) {
    (std::is_same_v<Object, Table> || std::is_same_v<Object, View> ? last_ : first_)
        .push_back(writer_.statement(change.object));
    if constexpr (requires { change.object.columns; })
      for (const Column& column : change.object.columns) need_type(home(), column);
  }
  template <class Object>
  void apply(const Drop<Object>& change) {
    if (Place place = files_.place(change.object.origin))
      place.file->remove(statement_of(place.call));
    else
      by_hand();
  }
  template <class Object>
  void apply(const Alter<Object>& change) {
    write_anew(change.before, change.after);
    if constexpr (requires { change.after.columns; })
      for (const Column& column : change.after.columns)
        need_type(files_.place(change.before.origin).file, column);
  }
  void apply(const AddEnumValue& change) {
    write_anew(*std::ranges::find(request_.schema.enums, change.path, &Enum::path),
               *std::ranges::find(request_.wanted.enums, change.path, &Enum::path));
  }

  // Parts of tables.
  template <class Part>
  void apply(const Add<Part>& change) {
    if (TableEdit* table = table_edit(change.table)) table->apply(change);
    if constexpr (std::is_same_v<Part, Column>) need_type(file_of(change.table), change.part);
  }
  template <class Part>
  void apply(const Remove<Part>& change) {
    if (TableEdit* table = table_edit(change.table)) table->apply(change);
  }
  template <class Part>
  void apply(const Modify<Part>& change) {
    if (TableEdit* table = table_edit(change.table)) table->apply(change);
    if constexpr (std::is_same_v<Part, Column>) need_type(file_of(change.table), change.after);
  }
  void apply(const SetRowLevelSecurity& change) {
    if (TableEdit* table = table_edit(change.table)) table->apply(change);
  }

  // Policies that are linked to a table from outside: who knows where they belong.
  void apply(const Create<Policy>&) { by_hand(); }
  void apply(const Alter<Policy>&) { by_hand(); }

  // There are none where nothing is a rename.
  template <class Object>
  void apply(const Rename<Object>&) {}
  template <class Object>
  void apply(const Move<Object>&) {}
  template <class Part>
  void apply(const RenamePart<Part>&) {}

  void by_hand() { out_.by_hand.push_back(reason(*change_)); }

  /// The arguments that differ; a view as a whole, which is a chain.
  template <class Object>
  void write_anew(const Object& before, const Object& after) {
    Place place = files_.place(before.origin);
    Node declarator = place ? declarator_of(place.call) : Node(TSNode{});
    if (!declarator) return by_hand();
    std::string was = value_of(writer_.statement(before)), now = value_of(writer_.statement(after));
    if (std::is_same_v<Object, View> || !replace_arguments(place, was, now))
      place.file->replace(declarator.field("value"), now);
  }

  static bool replace_arguments(const Place& place, const std::string& was,
                                const std::string& now) {
    script::SyntaxTree old_tree(was, script::Grammar::typescript);
    script::SyntaxTree new_tree(now, script::Grammar::typescript);
    Node old_call = first_call(old_tree.root()), new_call = first_call(new_tree.root());
    for (std::size_t i = 0; Node argument = schema_edit::argument(new_call, i); ++i) {
      Node before = schema_edit::argument(old_call, i), own = schema_edit::argument(place.call, i);
      std::string text = now.substr(argument.begin(), argument.end() - argument.begin());
      if (before && text == was.substr(before.begin(), before.end() - before.begin())) continue;
      if (!own) return false;
      place.file->replace(own, text);
    }
    return true;
  }

  TableEdit* table_edit(const Path& path) {
    const Table* table = request_.schema.table(path);
    if (!table) return nullptr;
    return &tables_.try_emplace(path, files_, writer_, *table).first->second;
  }

  SourceFile* file_of(const Path& table) {
    const Table* it = request_.schema.table(table);
    return it ? files_.place(it->origin).file : nullptr;
  }

  /// The file of the last table: new ones follow it.
  SourceFile* home() {
    for (auto it = request_.schema.tables.rbegin(); it != request_.schema.tables.rend(); ++it)
      if (Place place = files_.place(it->origin)) return place.file;
    return request_.file.empty() ? nullptr : &files_.at(request_.file);
  }

  void need_type(SourceFile* file, const Column& column) {
    std::string type = writer_.custom_type(column);
    if (file && !type.empty()) types_[file].insert(type);
  }

  void write_statements() {
    for (const auto& [file, types] : types_)
      for (const std::string& type : types) declare(*file, type);
    SourceFile* file = home();
    if (!file) return;
    for (const std::string& statement : first_) file->insert_first(statement);
    for (const std::string& statement : last_) file->insert_last(statement);
  }

  void declare(SourceFile& file, const std::string& type) {
    std::string name = type.substr(6, type.find(' ', 6) - 6);  // const NAME = …
    if (!declared_names(file.root(), file.text()).contains(name)) file.insert_first(type);
  }

  /// Imports what the new text names and the file does not have.
  void finish(SourceFile& file) {
    std::string text = file.edits().applied_to(file.text());
    script::SyntaxTree tree(text, grammar_of(file.path()));
    std::set<std::string> before = used_names(file.root(), file.text());
    std::set<std::string> here = declared_names(tree.root(), text);
    std::map<std::string, std::set<std::string>> missing;  // by module
    for (const std::string& name : used_names(tree.root(), text))
      if (!before.contains(name) && !here.contains(name) && name != "table")
        missing[module_of(name, file)].insert(name);
    for (const auto& [module, names] : missing) file.import(names, module);
    out_.files.push_back(
        {file.path(), file.edits().applied_to(file.text()),
         file.edits().unified_diff(file.text(), file.path().lexically_relative(request_.root))});
  }

  std::string module_of(const std::string& name, const SourceFile& file) {
    if (name == "sql") return "drizzle-orm";
    for (SourceFile* other : files_.all()) {
      if (other == &file || !declared_names(other->root(), other->text()).contains(name)) continue;
      std::filesystem::path path = other->path().lexically_relative(file.path().parent_path());
      path.replace_extension();
      return path.string().starts_with(".") ? path.string() : "./" + path.string();
    }
    return core_of(request_.schema.engine);
  }

  const SchemaEditRequest& request_;
  SourceFiles files_;
  Writer writer_;
  const Change* change_ = nullptr;
  std::map<Path, TableEdit> tables_;
  std::vector<std::string> first_, last_;  // statements
  std::map<SourceFile*, std::set<std::string>> types_;
  SchemaEdit out_;
};

}  // namespace
}  // namespace schema_edit

SchemaEdit edit_schema(const SchemaEditRequest& request) {
  return schema_edit::Editor(request).run();
}

}  // namespace tidemark
