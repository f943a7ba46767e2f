#include "sql/catalog/session_catalog.hpp"

#include <atomic>
#include <utility>

#include "hammerscale/sql/sql_error.hpp"
#include "sql/catalog/memory_catalog.hpp"

namespace hammerscale::sql {

void GlobalViews::create(TableInfo view, bool replace) {
  const std::lock_guard lock(mutex_);
  const auto key = fold_name(view.name.back());
  if (!replace && views_.contains(key)) {
    throw SqlError("TEMP_TABLE_OR_VIEW_ALREADY_EXISTS",
                   {{"relationName", quote_name({std::string(kDatabase), view.name.back()})}});
  }
  view.kind = TableKind::kTemporaryView;
  view.name = {std::string(kDatabase), view.name.back()};
  views_[key] = std::make_shared<const TableInfo>(std::move(view));
}

bool GlobalViews::drop(std::string_view name) {
  const std::lock_guard lock(mutex_);
  return views_.erase(fold_name(name)) != 0;
}

TablePtr GlobalViews::find(std::string_view name) const {
  const std::lock_guard lock(mutex_);
  const auto found = views_.find(fold_name(name));
  return found == views_.end() ? nullptr : found->second;
}

std::vector<TablePtr> GlobalViews::list() const {
  const std::lock_guard lock(mutex_);
  std::vector<TablePtr> views;
  for (const auto& [key, view] : views_) { views.push_back(view); }
  return views;
}

SessionCatalog::SessionCatalog(std::shared_ptr<Catalog> default_catalog, std::shared_ptr<GlobalViews> global_views)
    : global_views_(global_views ? std::move(global_views) : std::make_shared<GlobalViews>()) {
  if (!default_catalog) { default_catalog = std::make_shared<MemoryCatalog>("spark_catalog"); }
  current_catalog_ = default_catalog->name();
  add_catalog(std::move(default_catalog));
}

void SessionCatalog::add_catalog(std::shared_ptr<Catalog> catalog) {
  catalogs_[fold_name(catalog->name())] = std::move(catalog);
}

Catalog* SessionCatalog::find_catalog(std::string_view name) const {
  const auto found = catalogs_.find(fold_name(name));
  return found == catalogs_.end() ? nullptr : found->second.get();
}

Catalog& SessionCatalog::catalog(std::string_view name) const {
  Catalog* found = find_catalog(name);
  if (found == nullptr) {
    throw SqlError("CATALOG_NOT_FOUND", {{"catalogName", quote_identifier(name)},
                                         {"config", "\"spark.sql.catalog." + std::string(name) + "\""}});
  }
  return *found;
}

std::vector<std::string> SessionCatalog::list_catalogs() const {
  std::vector<std::string> names;
  for (const auto& [key, catalog] : catalogs_) { names.push_back(catalog->name()); }
  return names;
}

void SessionCatalog::set_current_catalog(std::string_view name) {
  current_catalog_ = catalog(name).name();
  current_database_ = "default";
}

void SessionCatalog::set_current_database(const NameParts& name) {
  const NameParts place = qualify_database(name);
  const auto database = catalog(place[0]).find_database(place[1]);
  if (!database) { throw SqlError("SCHEMA_NOT_FOUND", {{"schemaName", quote_name(place)}}); }
  current_catalog_ = catalog(place[0]).name();
  current_database_ = database->name;
}

NameParts SessionCatalog::qualify(const NameParts& name) const {
  switch (name.size()) {
    case 1: return {current_catalog_, current_database_, name[0]};
    case 2: return {current_catalog_, name[0], name[1]};
    case 3: return name;
    default:
      throw SqlError("REQUIRES_SINGLE_PART_NAMESPACE",
                     {{"sessionCatalog", current_catalog_}, {"identifier", quote_name(name)}});
  }
}

NameParts SessionCatalog::qualify_database(const NameParts& name) const {
  switch (name.size()) {
    case 0: return {current_catalog_, current_database_};
    // A name of one part that is no database of the current catalog may be a catalog.
    case 1: return {current_catalog_, name[0]};
    case 2: return name;
    default:
      throw SqlError("REQUIRES_SINGLE_PART_NAMESPACE",
                     {{"sessionCatalog", current_catalog_}, {"identifier", quote_name(name)}});
  }
}

std::string SessionCatalog::search_path() const {
  return "[`system`.`builtin`, `system`.`session`, " + quote_name({current_catalog_, current_database_}) + "]";
}

TablePtr SessionCatalog::find_relation(const NameParts& name) const {
  if (name.size() == 1) {
    if (TablePtr view = find_temporary_view(name[0])) { return view; }
  }
  if (name.size() == 2 && same_name(name[0], GlobalViews::kDatabase)) { return global_views_->find(name[1]); }
  if (name.empty() || name.size() > 3) { return nullptr; }
  const NameParts full = qualify(name);
  const Catalog* place = find_catalog(full[0]);
  return place == nullptr ? nullptr : place->find_table(full[1], full[2]);
}

void SessionCatalog::create_temporary_view(TableInfo view, bool replace) {
  const auto key = fold_name(view.name.back());
  if (!replace && temporary_views_.contains(key)) {
    throw SqlError("TEMP_TABLE_OR_VIEW_ALREADY_EXISTS", {{"relationName", quote_name({view.name.back()})}});
  }
  view.kind = TableKind::kTemporaryView;
  view.name = {view.name.back()};
  temporary_views_[key] = std::make_shared<const TableInfo>(std::move(view));
}

bool SessionCatalog::drop_temporary_view(std::string_view name) { return temporary_views_.erase(fold_name(name)) != 0; }

TablePtr SessionCatalog::find_temporary_view(std::string_view name) const {
  const auto found = temporary_views_.find(fold_name(name));
  return found == temporary_views_.end() ? nullptr : found->second;
}

std::vector<TablePtr> SessionCatalog::list_temporary_views() const {
  std::vector<TablePtr> views;
  for (const auto& [key, view] : temporary_views_) { views.push_back(view); }
  return views;
}

TablePtr SessionCatalog::create_table(TableInfo table, bool if_not_exists, bool replace) {
  table.name = qualify(table.name);
  return catalog(table.name[0]).create_table(std::move(table), if_not_exists, replace);
}

TablePtr SessionCatalog::table(const NameParts& name) const {
  TablePtr found = find_relation(name);
  if (!found) {
    throw SqlError("TABLE_OR_VIEW_NOT_FOUND", {{"relationName", quote_name(name)}, {"searchPath", search_path()}});
  }
  return found;
}

void SessionCatalog::drop_relation(const NameParts& name, bool is_view, bool if_exists) {
  if (is_view && name.size() == 1 && drop_temporary_view(name[0])) { return; }
  if (is_view && name.size() == 2 && same_name(name[0], GlobalViews::kDatabase) && global_views_->drop(name[1])) {
    return;
  }
  const TablePtr found = find_relation(name);
  if (!found) {
    if (if_exists) { return; }
    throw SqlError("TABLE_OR_VIEW_NOT_FOUND", {{"relationName", quote_name(name.size() <= 3 ? qualify(name) : name)},
                                               {"searchPath", search_path()}});
  }
  if (found->is_view() && !is_view) {
    throw SqlError("EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE",
                   {{"viewName", quote_name(found->name)}, {"operation", "DROP TABLE"}});
  }
  if (!found->is_view() && is_view) {
    throw SqlError("EXPECT_VIEW_NOT_TABLE.NO_ALTERNATIVE",
                   {{"tableName", quote_name(found->name)}, {"operation", "DROP VIEW"}});
  }
  catalog(found->name[0]).drop_table(found->name[1], found->name[2]);
  // Plans that read it fail from now on; its rows go when the last scan ends.
  remove_source(found->source_key);
}

std::string SessionCatalog::add_source(std::shared_ptr<TableSource> source) {
  static std::atomic<std::int64_t> last{0};
  std::string key = "session#" + std::to_string(last.fetch_add(1) + 1);
  add_source(key, std::move(source));
  return key;
}

void SessionCatalog::add_source(std::string key, std::shared_ptr<TableSource> source) {
  const std::lock_guard lock(sources_mutex_);
  sources_[std::move(key)] = std::move(source);
}

void SessionCatalog::remove_source(std::string_view key) {
  const std::lock_guard lock(sources_mutex_);
  if (const auto found = sources_.find(key); found != sources_.end()) { sources_.erase(found); }
}

std::shared_ptr<TableSource> SessionCatalog::find_source(std::string_view key) const {
  const std::lock_guard lock(sources_mutex_);
  const auto found = sources_.find(key);
  return found == sources_.end() ? nullptr : found->second;
}

const ScalarFunction* SessionCatalog::find_scalar(std::string_view name) const {
  if (const auto* own = registered_.find_scalar(name)) { return own; }
  return builtin_functions().find_scalar(name);
}

const AggregateFunction* SessionCatalog::find_aggregate(std::string_view name) const {
  if (const auto* own = registered_.find_aggregate(name)) { return own; }
  return builtin_functions().find_aggregate(name);
}

const WindowFunction* SessionCatalog::find_window(std::string_view name) const {
  if (const auto* own = registered_.find_window(name)) { return own; }
  return builtin_functions().find_window(name);
}

void SessionCatalog::create_temporary_function(SqlFunctionInfo function, bool if_not_exists, bool replace) {
  const auto key = fold_name(function.name.back());
  if (!replace && temporary_functions_.contains(key)) {
    if (if_not_exists) { return; }
    throw SqlError("ROUTINE_ALREADY_EXISTS", {{"routineName", quote_name({function.name.back()})},
                                              {"newRoutineType", "routine"},
                                              {"existingRoutineType", "routine"}});
  }
  function.name = {function.name.back()};
  temporary_functions_[key] = std::make_shared<const SqlFunctionInfo>(std::move(function));
}

void SessionCatalog::drop_temporary_function(std::string_view name, bool if_exists) {
  if (temporary_functions_.erase(fold_name(name)) == 0 && !if_exists) {
    throw SqlError("ROUTINE_NOT_FOUND", {{"routineName", quote_name({std::string(name)})}});
  }
}

SqlFunctionPtr SessionCatalog::find_sql_function(const NameParts& name) const {
  if (name.size() == 1) {
    if (const auto found = temporary_functions_.find(fold_name(name[0])); found != temporary_functions_.end()) {
      return found->second;
    }
  }
  if (name.empty() || name.size() > 3) { return nullptr; }
  const NameParts full = qualify(name);
  const Catalog* place = find_catalog(full[0]);
  return place == nullptr ? nullptr : place->find_function(full[1], full[2]);
}

std::vector<SqlFunctionPtr> SessionCatalog::list_temporary_functions() const {
  std::vector<SqlFunctionPtr> functions;
  for (const auto& [key, function] : temporary_functions_) { functions.push_back(function); }
  return functions;
}

namespace {

NameParts variable_name(std::string_view name) { return {"system", "session", std::string(name)}; }

}  // namespace

void SessionCatalog::declare_variable(VariableInfo variable, bool replace) {
  const auto key = fold_name(variable.name);
  if (!replace && variables_.contains(key)) {
    throw SqlError("VARIABLE_ALREADY_EXISTS", {{"variableName", quote_name(variable_name(variable.name))}});
  }
  variables_[key] = std::move(variable);
}

void SessionCatalog::set_variable(std::string_view name, Value value) {
  const auto found = variables_.find(fold_name(name));
  if (found == variables_.end()) {
    throw SqlError("UNRESOLVED_VARIABLE",
                   {{"variableName", quote_name({std::string(name)})}, {"searchPath", "`system`.`session`"}});
  }
  found->second.value = std::move(value);
}

void SessionCatalog::drop_variable(std::string_view name, bool if_exists) {
  if (variables_.erase(fold_name(name)) == 0 && !if_exists) {
    throw SqlError("VARIABLE_NOT_FOUND", {{"variableName", quote_name(variable_name(name))}});
  }
}

const VariableInfo* SessionCatalog::find_variable(const NameParts& name) const {
  const bool in_session = name.size() == 1 || (name.size() == 2 && same_name(name[0], "session")) ||
                          (name.size() == 3 && same_name(name[0], "system") && same_name(name[1], "session"));
  if (!in_session) { return nullptr; }
  const auto found = variables_.find(fold_name(name.back()));
  return found == variables_.end() ? nullptr : &found->second;
}

std::vector<std::string> SessionCatalog::list_variables() const {
  std::vector<std::string> names;
  for (const auto& [key, variable] : variables_) { names.push_back(variable.name); }
  return names;
}

}  // namespace hammerscale::sql
