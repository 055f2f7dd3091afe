#include "studio/project_answers.h"

#include "studio/cells.h"
#include "studio/migrations.h"
#include "studio/query_files.h"
#include "studio/requests.h"
#include "studio/tables.h"

namespace tidemark::studio {
namespace {

json::object queries_json(const QueryFiles& files) {
  json::array saved, history;
  for (const SavedQuery& one : files.saved())
    saved.push_back(json::object{{"name", one.name}, {"sql", valid_text(one.sql)}});
  for (const std::string& sql : files.history()) history.push_back(json::string(valid_text(sql)));
  return {{"saved", std::move(saved)}, {"history", std::move(history)}};
}

/// What the schema files tell of, each as a foreign key that the database need not have.
json::object relations_json(Project& project) {
  json::array out;
  if (project.config().schema.empty()) return {{"relations", std::move(out)}};
  Document document =
      project.evaluate_schema(/*with_places=*/true).get().read(project.config().engine);
  for (const DeclaredRelation& one : document.relations)
    out.push_back(key_json(one.from, one.key, one.key.target));
  return {{"relations", std::move(out)}};
}

/// Does something with the files, and tells what is in them then.
template <class Change>
ProjectAnswer after(Change change) {
  return [change](Project& project, const json::object& from) {
    QueryFiles files(project.out());
    change(files, from);
    return queries_json(files);
  };
}

}  // namespace

const std::map<std::string, ProjectAnswer>& project_answers() {
  using From = const json::object&;
  static const std::map<std::string, ProjectAnswer> answers{
      {"/api/migrations", [](Project& project, From) { return timeline(project); }},
      {"/api/step",
       [](Project& project, From from) { return step_json(project, text_of(from, "tag")); }},
      {"/api/relations", [](Project& project, From) { return relations_json(project); }},
      {"/api/drift", [](Project& project, From) { return drift_json(project); }},
      {"/api/rollback-preview",
       [](Project& project, From from) {
         return rollback_preview(project, number_of(from, "count", 1));
       }},
      {"/api/queries", after([](QueryFiles&, From) {})},
      {"/api/save-query", after([](QueryFiles& files, From from) {
         files.save({text_of(from, "name"), text_of(from, "sql")});
       })},
      {"/api/remove-query",
       after([](QueryFiles& files, From from) { files.remove(text_of(from, "name")); })},
      {"/api/remember-query",
       after([](QueryFiles& files, From from) { files.remember(text_of(from, "sql")); })},
  };
  return answers;
}

}  // namespace tidemark::studio
