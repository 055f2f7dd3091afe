#include "schema_edit/source_files.h"

#include "schema_edit/chain.h"
#include "schema_text/column_type.h"

namespace tidemark::schema_edit {
namespace {

using schema_text::ColumnType;
using schema_text::Names;

std::string text_of(Node node, std::string_view text) {
  return std::string(text.substr(node.begin(), node.end() - node.begin()));
}

void add_declared(Node statement, std::string_view text, std::set<std::string>& names) {
  Node declaration = statement.is("export_statement") ? statement.field("declaration") : statement;
  if (!declaration) return;
  if (Node name = declaration.field("name")) names.insert(text_of(name, text));
  for (std::uint32_t i = 0; i < declaration.size(); ++i)
    if (Node it = declaration.child(i); it.is("variable_declarator"))
      names.insert(text_of(it.field("name"), text));
}

class NameTaker {
 public:
  NameTaker(SourceFiles& files, Names& names) : files_(files), names_(names) {}

  template <class Key, class Objects, class Path>
  void take(std::map<Key, std::string>& names, const Objects& objects, Path path) {
    for (const auto& object : objects)
      if (std::string name = constant_of(object.origin); !name.empty()) names[object.*path] = name;
  }

  void take_columns(const Table& table, Engine engine) {
    for (const Column& column : table.columns) {
      Place place = files_.place(column.origin);
      if (!place) continue;
      if (std::string key = key_of(place); !key.empty())
        names_.columns[table.path][column.name] = key;
      ColumnType type = schema_text::column_type(column, engine);
      if (type.made == ColumnType::Made::custom)
        names_.custom_types[type.sql] = place.file->text_of(place.call.field("function"));
    }
  }

 private:
  std::string constant_of(const Origin& origin) {
    Place place = files_.place(origin);
    Node declarator = place ? declarator_of(place.call) : Node(TSNode{});
    return declarator ? place.file->text_of(declarator.field("name")) : std::string();
  }

  static std::string key_of(const Place& place) {
    Node pair = element_of(place.call);
    if (!pair || !pair.is("pair")) return {};
    Node key = pair.field("key");
    std::string text = place.file->text_of(key);
    return key.is("string") ? text.substr(1, text.size() - 2) : text;
  }

  SourceFiles& files_;
  Names& names_;
};

}  // namespace

SourceFile& SourceFiles::at(const std::filesystem::path& path) {
  std::unique_ptr<SourceFile>& file = files_[path];
  if (!file) file = std::make_unique<SourceFile>(path);
  return *file;
}

Place SourceFiles::place(const Origin& origin) {
  if (!origin.range || origin.range->file.empty()) return {};
  SourceFile& file = at(origin.range->file);
  return {&file, file.call_at(*origin.range)};
}

std::vector<SourceFile*> SourceFiles::all() {
  std::vector<SourceFile*> out;
  for (auto& [path, file] : files_) out.push_back(file.get());
  return out;
}

std::set<std::string> declared_names(Node root, std::string_view text) {
  std::set<std::string> names;
  for (std::uint32_t i = 0; i < root.size(); ++i) {
    Node statement = root.child(i);
    if (!statement.is("import_statement"))
      add_declared(statement, text, names);
    else
      script::walk(statement, [&](Node node) {
        if (node.is("identifier")) names.insert(text_of(node, text));
        return true;
      });
  }
  return names;
}

std::set<std::string> used_names(Node root, std::string_view text) {
  std::set<std::string> names;
  script::walk(root, [&](Node node) {
    if (node.is("identifier")) names.insert(text_of(node, text));
    return true;
  });
  return names;
}

void take_names(SourceFiles& files, const Catalog& schema, Names& names) {
  NameTaker taker(files, names);
  taker.take(names.schemas, schema.schemas, &Schema::name);
  taker.take(names.roles, schema.roles, &Role::name);
  taker.take(names.enums, schema.enums, &Enum::path);
  taker.take(names.sequences, schema.sequences, &Sequence::path);
  taker.take(names.tables, schema.tables, &Table::path);
  taker.take(names.views, schema.views, &View::path);
  for (const Table& table : schema.tables) taker.take_columns(table, schema.engine);
}

}  // namespace tidemark::schema_edit
