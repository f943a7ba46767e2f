#include "sql/catalog/memory_catalog.hpp"

#include <atomic>
#include <utility>

#include "hammerscale/sql/sql_error.hpp"

namespace hammerscale::sql {

namespace {

// Keys are never reused, so a plan that outlives its table cannot read another table's rows.
std::string next_source_key(const NameParts& name) {
  static std::atomic<std::int64_t> last{0};
  return "table:" + quote_name(name) + "#" + std::to_string(last.fetch_add(1) + 1);
}

}  // namespace

std::string fold_name(std::string_view name) {
  std::string folded(name);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') { c = static_cast<char>(c - 'A' + 'a'); }
  }
  return folded;
}

bool same_name(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) { return false; }
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto fold = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    if (fold(a[i]) != fold(b[i])) { return false; }
  }
  return true;
}

std::string quote_name(const NameParts& parts) {
  std::string text;
  for (const auto& part : parts) {
    if (!text.empty()) { text += '.'; }
    text += quote_identifier(part);
  }
  return text;
}

MemoryCatalog::MemoryCatalog(std::string name) : name_(std::move(name)) {
  databases_["default"].info = {.name = "default", .comment = "default database", .location = {}, .properties = {}};
}

const MemoryCatalog::Database* MemoryCatalog::find(std::string_view name) const {
  const auto found = databases_.find(fold_name(name));
  return found == databases_.end() ? nullptr : &found->second;
}

MemoryCatalog::Database& MemoryCatalog::database_of(std::string_view name) {
  const auto found = databases_.find(fold_name(name));
  if (found == databases_.end()) {
    throw SqlError("SCHEMA_NOT_FOUND", {{"schemaName", quote_name({name_, std::string(name)})}});
  }
  return found->second;
}

void MemoryCatalog::fail_not_found(const Database& database, std::string_view object) const {
  throw SqlError("TABLE_OR_VIEW_NOT_FOUND", {{"relationName", quote_name(full_name(database, object))},
                                             {"searchPath", "[" + quote_name({name_, database.info.name}) + "]"}});
}

NameParts MemoryCatalog::full_name(const Database& database, std::string_view object) const {
  return {name_, database.info.name, std::string(object)};
}

void MemoryCatalog::create_database(DatabaseInfo database, bool if_not_exists) {
  const std::lock_guard lock(mutex_);
  const auto key = fold_name(database.name);
  if (databases_.contains(key)) {
    if (if_not_exists) { return; }
    throw SqlError("SCHEMA_ALREADY_EXISTS", {{"schemaName", quote_name({database.name})}});
  }
  databases_[key].info = std::move(database);
}

void MemoryCatalog::drop_database(std::string_view name, bool if_exists, bool cascade) {
  const std::lock_guard lock(mutex_);
  const auto found = databases_.find(fold_name(name));
  if (found == databases_.end()) {
    if (if_exists) { return; }
    throw SqlError("SCHEMA_NOT_FOUND", {{"schemaName", quote_name({name_, std::string(name)})}});
  }
  if (found->first == "default") {
    throw SqlError("UNSUPPORTED_FEATURE.DROP_DATABASE", {{"database", quote_name({name_, "default"})}});
  }
  if (!cascade && !(found->second.tables.empty() && found->second.functions.empty())) {
    throw SqlError("SCHEMA_NOT_EMPTY", {{"schemaName", quote_name({std::string(name)})}});
  }
  databases_.erase(found);
}

void MemoryCatalog::alter_database(DatabaseInfo database) {
  const std::lock_guard lock(mutex_);
  Database& entry = database_of(database.name);
  database.name = entry.info.name;
  entry.info = std::move(database);
}

std::optional<DatabaseInfo> MemoryCatalog::find_database(std::string_view name) const {
  const std::lock_guard lock(mutex_);
  const Database* database = find(name);
  if (database == nullptr) { return std::nullopt; }
  return database->info;
}

std::vector<std::string> MemoryCatalog::list_databases() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> names;
  for (const auto& [key, database] : databases_) { names.push_back(database.info.name); }
  return names;
}

TablePtr MemoryCatalog::create_table(TableInfo table, bool if_not_exists, bool replace) {
  const std::lock_guard lock(mutex_);
  Database& database = database_of(table.name.at(1));
  const auto key = fold_name(table.name.at(2));
  if (const auto found = database.tables.find(key); found != database.tables.end() && !replace) {
    if (if_not_exists) { return found->second; }
    throw SqlError("TABLE_OR_VIEW_ALREADY_EXISTS", {{"relationName", quote_name(full_name(database, table.name[2]))}});
  }
  table.name = full_name(database, table.name[2]);
  if (!table.is_view()) {
    if (!table.source) { table.source = std::make_shared<MemoryTableSource>(table.columns); }
    if (table.source_key.empty()) { table.source_key = next_source_key(table.name); }
  }
  auto entry = std::make_shared<const TableInfo>(std::move(table));
  database.tables[key] = entry;
  return entry;
}

void MemoryCatalog::drop_table(std::string_view database_name, std::string_view table) {
  const std::lock_guard lock(mutex_);
  Database& database = database_of(database_name);
  if (database.tables.erase(fold_name(table)) == 0) {
    fail_not_found(database, table);
  }
}

void MemoryCatalog::rename_table(std::string_view database_name, std::string_view table, std::string_view new_name) {
  const std::lock_guard lock(mutex_);
  Database& database = database_of(database_name);
  const auto found = database.tables.find(fold_name(table));
  if (found == database.tables.end()) {
    fail_not_found(database, table);
  }
  const auto new_key = fold_name(new_name);
  if (new_key != found->first && database.tables.contains(new_key)) {
    throw SqlError("TABLE_OR_VIEW_ALREADY_EXISTS", {{"relationName", quote_name(full_name(database, new_name))}});
  }
  TableInfo renamed = *found->second;
  renamed.name = full_name(database, new_name);
  database.tables.erase(found);
  database.tables[new_key] = std::make_shared<const TableInfo>(std::move(renamed));
}

void MemoryCatalog::alter_table(TableInfo table) {
  const std::lock_guard lock(mutex_);
  Database& database = database_of(table.name.at(1));
  const auto found = database.tables.find(fold_name(table.name.at(2)));
  if (found == database.tables.end()) {
    fail_not_found(database, table.name[2]);
  }
  found->second = std::make_shared<const TableInfo>(std::move(table));
}

TablePtr MemoryCatalog::find_table(std::string_view database_name, std::string_view table) const {
  const std::lock_guard lock(mutex_);
  const Database* database = find(database_name);
  if (database == nullptr) { return nullptr; }
  const auto found = database->tables.find(fold_name(table));
  return found == database->tables.end() ? nullptr : found->second;
}

std::vector<TablePtr> MemoryCatalog::list_tables(std::string_view database_name) const {
  const std::lock_guard lock(mutex_);
  const Database* database = find(database_name);
  if (database == nullptr) {
    throw SqlError("SCHEMA_NOT_FOUND", {{"schemaName", quote_name({name_, std::string(database_name)})}});
  }
  std::vector<TablePtr> tables;
  for (const auto& [key, table] : database->tables) { tables.push_back(table); }
  return tables;
}

void MemoryCatalog::create_function(SqlFunctionInfo function, bool if_not_exists, bool replace) {
  const std::lock_guard lock(mutex_);
  Database& database = database_of(function.name.at(1));
  const auto key = fold_name(function.name.at(2));
  function.name = full_name(database, function.name[2]);
  if (database.functions.contains(key) && !replace) {
    if (if_not_exists) { return; }
    throw SqlError("ROUTINE_ALREADY_EXISTS", {{"routineName", quote_name(function.name)},
                                              {"newRoutineType", "routine"},
                                              {"existingRoutineType", "routine"}});
  }
  database.functions[key] = std::make_shared<const SqlFunctionInfo>(std::move(function));
}

void MemoryCatalog::drop_function(std::string_view database_name, std::string_view function, bool if_exists) {
  const std::lock_guard lock(mutex_);
  Database& database = database_of(database_name);
  if (database.functions.erase(fold_name(function)) == 0 && !if_exists) {
    throw SqlError("ROUTINE_NOT_FOUND", {{"routineName", quote_name(full_name(database, function))}});
  }
}

SqlFunctionPtr MemoryCatalog::find_function(std::string_view database_name, std::string_view function) const {
  const std::lock_guard lock(mutex_);
  const Database* database = find(database_name);
  if (database == nullptr) { return nullptr; }
  const auto found = database->functions.find(fold_name(function));
  return found == database->functions.end() ? nullptr : found->second;
}

std::vector<SqlFunctionPtr> MemoryCatalog::list_functions(std::string_view database_name) const {
  const std::lock_guard lock(mutex_);
  const Database* database = find(database_name);
  if (database == nullptr) {
    throw SqlError("SCHEMA_NOT_FOUND", {{"schemaName", quote_name({name_, std::string(database_name)})}});
  }
  std::vector<SqlFunctionPtr> functions;
  for (const auto& [key, function] : database->functions) { functions.push_back(function); }
  return functions;
}

}  // namespace hammerscale::sql
