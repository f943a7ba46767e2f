#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "sql/catalog/catalog.hpp"

namespace hammerscale::sql {

/// A catalog whose entries, and managed tables' rows, live in this process.
class MemoryCatalog : public Catalog {
 public:
  /// Starts with an empty database "default".
  explicit MemoryCatalog(std::string name);

  [[nodiscard]] std::string name() const override { return name_; }

  void create_database(DatabaseInfo database, bool if_not_exists) override;
  void drop_database(std::string_view name, bool if_exists, bool cascade) override;
  void alter_database(DatabaseInfo database) override;
  [[nodiscard]] std::optional<DatabaseInfo> find_database(std::string_view name) const override;
  [[nodiscard]] std::vector<std::string> list_databases() const override;

  TablePtr create_table(TableInfo table, bool if_not_exists, bool replace) override;
  void drop_table(std::string_view database, std::string_view table) override;
  void rename_table(std::string_view database, std::string_view table, std::string_view new_name) override;
  void alter_table(TableInfo table) override;
  [[nodiscard]] TablePtr find_table(std::string_view database, std::string_view table) const override;
  [[nodiscard]] std::vector<TablePtr> list_tables(std::string_view database) const override;

  void create_function(SqlFunctionInfo function, bool if_not_exists, bool replace) override;
  void drop_function(std::string_view database, std::string_view function, bool if_exists) override;
  [[nodiscard]] SqlFunctionPtr find_function(std::string_view database, std::string_view function) const override;
  [[nodiscard]] std::vector<SqlFunctionPtr> list_functions(std::string_view database) const override;

 private:
  struct Database {
    DatabaseInfo info;
    std::map<std::string, TablePtr> tables;  ///< By folded name.
    std::map<std::string, SqlFunctionPtr> functions;
  };
  Database& database_of(std::string_view name);
  [[nodiscard]] const Database* find(std::string_view name) const;
  [[noreturn]] void fail_not_found(const Database& database, std::string_view object) const;
  [[nodiscard]] NameParts full_name(const Database& database, std::string_view object) const;

  std::string name_;
  mutable std::mutex mutex_;
  std::map<std::string, Database> databases_;
};

}  // namespace hammerscale::sql
