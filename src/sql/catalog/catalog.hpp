#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hammerscale/sql/data_type.hpp"
#include "hammerscale/sql/value.hpp"
#include "sql/catalog/table_source.hpp"
#include "sql/plan/plan.hpp"

namespace hammerscale::sql {

using Properties = std::map<std::string, std::string>;

struct DatabaseInfo {
  std::string name;
  std::string comment;
  std::string location;
  Properties properties;
};

enum class TableKind : std::uint8_t { kManaged, kExternal, kView, kTemporaryView };

/// A table or view as the catalog knows it.
struct TableInfo {
  NameParts name;  ///< Catalog, database, table; one part for temporary views.
  TableKind kind = TableKind::kManaged;
  Schema columns;  ///< Of a view: as they were when it was made.
  std::vector<std::string>
      defaults;  ///< SQL text of each column's DEFAULT; empty strings, or a shorter list, for none.
  std::string provider = "memory";
  std::string comment;
  std::string location;
  Properties properties;
  std::vector<std::string> partition_columns;

  // Tables
  std::string source_key;  ///< Names the source in plans.
  std::shared_ptr<TableSource> source;

  // Views
  std::string view_text;                  ///< The query as written; empty for views of plans (DataFrames).
  PlanPtr view_plan;                      ///< Parsed, or analysed for DataFrames' views.
  std::vector<std::string> view_columns;  ///< Names given by CREATE VIEW v (a, b); empty when none.
  NameParts view_database;                ///< Catalog and database that names inside the view are looked up in.

  [[nodiscard]] bool is_view() const noexcept { return kind == TableKind::kView || kind == TableKind::kTemporaryView; }
};
using TablePtr = std::shared_ptr<const TableInfo>;

/// One parameter of an SQL function.
struct SqlParameter {
  std::string name;
  DataType type;
  ExpressionPtr default_value;  ///< Or null.
  std::string comment;
};

/// CREATE FUNCTION ... RETURN expression or query.
struct SqlFunctionInfo {
  NameParts name;  ///< Catalog, database, function; one part for temporary ones.
  std::vector<SqlParameter> parameters;
  std::optional<DataType> return_type;  ///< Absent: the body's.
  Schema return_columns;                ///< Of a table function; empty: the query's.
  bool is_table_function = false;
  ExpressionPtr body;  ///< Scalar functions; a SubqueryExpression where RETURN holds a query.
  PlanPtr query;       ///< Table functions.
  std::string body_text;
  std::string comment;
  bool is_deterministic = true;
};
using SqlFunctionPtr = std::shared_ptr<const SqlFunctionInfo>;

/// DECLARE VARIABLE.
struct VariableInfo {
  std::string name;
  DataType type;
  Value value;
  std::string default_text;
  ExpressionPtr default_value;
};

/// A store of databases, tables, views and SQL functions. Names are kept as written and compared without regard to
/// ASCII case. Any thread.
///
/// Errors: SCHEMA_NOT_FOUND, SCHEMA_ALREADY_EXISTS, SCHEMA_NOT_EMPTY, TABLE_OR_VIEW_NOT_FOUND,
/// TABLE_OR_VIEW_ALREADY_EXISTS, ROUTINE_NOT_FOUND, ROUTINE_ALREADY_EXISTS.
class Catalog {
 public:
  virtual ~Catalog() = default;

  [[nodiscard]] virtual std::string name() const = 0;

  virtual void create_database(DatabaseInfo database, bool if_not_exists) = 0;
  /// @param cascade  drops its tables and functions too; without it they make the call fail.
  virtual void drop_database(std::string_view name, bool if_exists, bool cascade) = 0;
  virtual void alter_database(DatabaseInfo database) = 0;
  [[nodiscard]] virtual std::optional<DatabaseInfo> find_database(std::string_view name) const = 0;
  /// Sorted.
  [[nodiscard]] virtual std::vector<std::string> list_databases() const = 0;

  /// Adds a table or view under name[1].name[2]. A managed table without a source gets rows in memory.
  virtual TablePtr create_table(TableInfo table, bool if_not_exists, bool replace) = 0;
  virtual void drop_table(std::string_view database, std::string_view table) = 0;
  virtual void rename_table(std::string_view database, std::string_view table, std::string_view new_name) = 0;
  /// Puts `table` in place of the entry of that name, which must exist.
  virtual void alter_table(TableInfo table) = 0;
  /// Null when there is none.
  [[nodiscard]] virtual TablePtr find_table(std::string_view database, std::string_view table) const = 0;
  /// Tables and views, sorted by name.
  [[nodiscard]] virtual std::vector<TablePtr> list_tables(std::string_view database) const = 0;

  virtual void create_function(SqlFunctionInfo function, bool if_not_exists, bool replace) = 0;
  virtual void drop_function(std::string_view database, std::string_view function, bool if_exists) = 0;
  [[nodiscard]] virtual SqlFunctionPtr find_function(std::string_view database, std::string_view function) const = 0;
  [[nodiscard]] virtual std::vector<SqlFunctionPtr> list_functions(std::string_view database) const = 0;
};

/// Lower case of ASCII letters: what names are compared by.
std::string fold_name(std::string_view name);
bool same_name(std::string_view a, std::string_view b);
/// "`a`.`b`": as messages show names of several parts.
std::string quote_name(const NameParts& parts);

}  // namespace hammerscale::sql
