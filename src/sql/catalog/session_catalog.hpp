#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "sql/catalog/catalog.hpp"
#include "sql/functions/registry.hpp"

namespace hammerscale::sql {

/// Views that all sessions of a process see, in the database global_temp. Any thread.
class GlobalViews {
 public:
  static constexpr std::string_view kDatabase = "global_temp";

  /// @throws SqlError TEMP_TABLE_OR_VIEW_ALREADY_EXISTS
  void create(TableInfo view, bool replace);
  bool drop(std::string_view name);
  [[nodiscard]] TablePtr find(std::string_view name) const;
  [[nodiscard]] std::vector<TablePtr> list() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, TablePtr> views_;
};

/// What names mean in one session: its catalogs and current place, temporary views, temporary functions, UDFs,
/// variables. One session's thread; sources() is for any thread.
class SessionCatalog {
 public:
  /// Starts in spark_catalog.default, which is an in-memory catalog unless another is given.
  explicit SessionCatalog(std::shared_ptr<Catalog> default_catalog = nullptr,
                          std::shared_ptr<GlobalViews> global_views = nullptr);

  // ---- catalogs and where names are looked up
  void add_catalog(std::shared_ptr<Catalog> catalog);
  /// Null when there is none.
  [[nodiscard]] Catalog* find_catalog(std::string_view name) const;
  /// @throws SqlError CATALOG_NOT_FOUND
  [[nodiscard]] Catalog& catalog(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> list_catalogs() const;
  [[nodiscard]] const std::string& current_catalog() const noexcept { return current_catalog_; }
  [[nodiscard]] const std::string& current_database() const noexcept { return current_database_; }
  void set_current_catalog(std::string_view name);
  /// One part: a database of the current catalog; two: catalog and database.
  void set_current_database(const NameParts& name);
  /// Catalog, database and object of a name of one to three parts, from the current place.
  /// @throws SqlError REQUIRES_SINGLE_PART_NAMESPACE  more parts
  [[nodiscard]] NameParts qualify(const NameParts& name) const;
  /// Catalog and database of a name of one or two parts; none: the current ones.
  [[nodiscard]] NameParts qualify_database(const NameParts& name) const;

  /// Where names are looked up, as messages show it.
  [[nodiscard]] std::string search_path() const;

  // ---- tables and views
  /// A temporary view (one part), a global one (global_temp.v), or a table or view of a catalog. Null when there is
  /// none.
  [[nodiscard]] TablePtr find_relation(const NameParts& name) const;
  /// @throws SqlError TEMP_TABLE_OR_VIEW_ALREADY_EXISTS
  void create_temporary_view(TableInfo view, bool replace);
  /// False when there is none.
  bool drop_temporary_view(std::string_view name);
  [[nodiscard]] TablePtr find_temporary_view(std::string_view name) const;
  [[nodiscard]] std::vector<TablePtr> list_temporary_views() const;
  [[nodiscard]] GlobalViews& global_views() const noexcept { return *global_views_; }
  TablePtr create_table(TableInfo table, bool if_not_exists, bool replace);
  /// Drops a table (or, with is_view, a view); temporary ones first.
  /// @throws SqlError TABLE_OR_VIEW_NOT_FOUND, EXPECT_TABLE_NOT_VIEW..., EXPECT_VIEW_NOT_TABLE...
  void drop_relation(const NameParts& name, bool is_view, bool if_exists);
  /// @throws SqlError TABLE_OR_VIEW_NOT_FOUND
  [[nodiscard]] TablePtr table(const NameParts& name) const;

  // ---- rows outside plans
  /// Makes rows known by a new key, for SourceRelation.
  std::string add_source(std::shared_ptr<TableSource> source);
  void add_source(std::string key, std::shared_ptr<TableSource> source);
  void remove_source(std::string_view key);
  /// Null when there is none: its table was dropped.
  [[nodiscard]] std::shared_ptr<TableSource> find_source(std::string_view key) const;

  // ---- functions
  /// C++ functions of the session; looked up before the built-in ones.
  [[nodiscard]] FunctionRegistry& registered_functions() noexcept { return registered_; }
  [[nodiscard]] const FunctionRegistry& registered_functions() const noexcept { return registered_; }
  [[nodiscard]] const ScalarFunction* find_scalar(std::string_view name) const;
  [[nodiscard]] const AggregateFunction* find_aggregate(std::string_view name) const;
  [[nodiscard]] const WindowFunction* find_window(std::string_view name) const;
  /// @throws SqlError ROUTINE_ALREADY_EXISTS
  void create_temporary_function(SqlFunctionInfo function, bool if_not_exists, bool replace);
  /// @throws SqlError ROUTINE_NOT_FOUND
  void drop_temporary_function(std::string_view name, bool if_exists);
  /// Temporary functions for one-part names, then those of catalogs. Null when there is none.
  [[nodiscard]] SqlFunctionPtr find_sql_function(const NameParts& name) const;
  [[nodiscard]] std::vector<SqlFunctionPtr> list_temporary_functions() const;

  // ---- variables
  /// @throws SqlError VARIABLE_ALREADY_EXISTS
  void declare_variable(VariableInfo variable, bool replace);
  /// @throws SqlError UNRESOLVED_VARIABLE
  void set_variable(std::string_view name, Value value);
  /// @throws SqlError VARIABLE_NOT_FOUND
  void drop_variable(std::string_view name, bool if_exists);
  /// By x, session.x or system.session.x. Null when there is none.
  [[nodiscard]] const VariableInfo* find_variable(const NameParts& name) const;
  [[nodiscard]] std::vector<std::string> list_variables() const;

 private:
  std::map<std::string, std::shared_ptr<Catalog>> catalogs_;
  std::string current_catalog_;
  std::string current_database_ = "default";
  std::shared_ptr<GlobalViews> global_views_;
  std::map<std::string, TablePtr> temporary_views_;
  FunctionRegistry registered_;
  std::map<std::string, SqlFunctionPtr> temporary_functions_;
  std::map<std::string, VariableInfo> variables_;
  mutable std::mutex sources_mutex_;
  std::map<std::string, std::shared_ptr<TableSource>, std::less<>> sources_;
};

}  // namespace hammerscale::sql
