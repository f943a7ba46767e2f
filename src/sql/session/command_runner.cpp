#include "sql/session/command_runner.hpp"

#include <algorithm>
#include <type_traits>

#include "hammerscale/base/error.hpp"
#include "hammerscale/sql/sql_error.hpp"
#include "sql/analyzer/identifier.hpp"
#include "sql/catalog/catalog.hpp"

namespace hammerscale::sql {

namespace {

template <typename T, typename... Ts>
constexpr bool is_one_of = (std::is_same_v<T, Ts> || ...);

bool matches_glob(std::string_view pattern, std::string_view name) {
  if (pattern.empty()) { return name.empty(); }
  if (pattern.front() == '*') {
    for (std::size_t skip = 0; skip <= name.size(); ++skip) {
      if (matches_glob(pattern.substr(1), name.substr(skip))) { return true; }
    }
    return false;
  }
  return !name.empty() && pattern.front() == name.front() && matches_glob(pattern.substr(1), name.substr(1));
}

}  // namespace

NameParts name_of(const ObjectName& name, SessionState& session) {
  if (!name.identifier) { return name.parts; }
  AnalyzerContext context;
  context.catalog = &session.catalog();
  context.evaluation = &session.evaluation();
  context.settings = session.settings();
  const auto constant = analyze_constant(name.identifier, context);
  const auto* literal = constant->get_if<Literal>();
  if (literal == nullptr) { throw InternalError("a constant was not evaluated", {{"expression", to_sql(*constant)}}); }
  NameParts parts = parse_identifier(literal->value, *name.identifier, name.identifier->origin);
  parts.insert(parts.end(), name.parts.begin(), name.parts.end());
  return parts;
}

bool matches_pattern(const ShowPattern& pattern, std::string_view name) {
  if (!pattern) { return true; }
  const std::string folded = fold_name(name);
  const std::string wanted = fold_name(*pattern);
  for (std::size_t start = 0;;) {
    const auto bar = wanted.find('|', start);
    auto choice = std::string_view(wanted).substr(start, bar == std::string::npos ? bar : bar - start);
    while (!choice.empty() && choice.front() == ' ') { choice.remove_prefix(1); }
    while (!choice.empty() && choice.back() == ' ') { choice.remove_suffix(1); }
    if (matches_glob(choice, folded)) { return true; }
    if (bar == std::string::npos) { return false; }
    start = bar + 1;
  }
}

RowSetResult run_command(const Command& command, Origin origin, SessionState& session) {
  return std::visit(
      [&]<typename T>(const T&) -> RowSetResult {
        if constexpr (is_one_of<T, CreateDatabase, SetDatabaseProperties, UnsetDatabaseProperties, SetDatabaseLocation,
                                DropDatabase, UseDatabase, SetCatalog, CommentOn, CreateView, CreateViewUsing,
                                AlterViewQuery, DropView, CreateSqlFunction, DropFunction, RefreshFunction>) {
          return run_catalog_command(command, origin, session);
        } else if constexpr (is_one_of<T, CreateTable, CreateTableLike, DropTable, TruncateTable, RenameTable,
                                       AddColumns, ReplaceColumns, DropColumns, RenameColumn, AlterColumns,
                                       SetTableProperties, UnsetTableProperties, InsertInto, MultiInsert, AnalyzeTable,
                                       AnalyzeTables, CacheTable, UncacheTable, ClearCache, RefreshTable,
                                       RefreshResource>) {
          return run_table_command(command, origin, session);
        } else if constexpr (is_one_of<T, ShowCatalogs, ShowDatabases, ShowTables, ShowViews, ShowColumns,
                                       ShowCreateTable, ShowTableProperties, ShowCurrentDatabase, ShowFunctions,
                                       ShowCollations>) {
          return run_show_command(command, origin, session);
        } else if constexpr (is_one_of<T, ExplainCommand, DescribeTable, DescribeQuery, DescribeDatabase,
                                       DescribeFunction>) {
          return run_describe_command(command, origin, session);
        } else if constexpr (is_one_of<T, SetCommand, SetTimeZone, DeclareVariable, SetVariable, DropVariable,
                                       ExecuteImmediate>) {
          return run_setting_command(command, origin, session);
        } else {
          throw SqlError("UNSUPPORTED_FEATURE.TABLE_OPERATION",
                         {{"tableName", "`spark_catalog`"}, {"operation", command_name(command)}}, origin);
        }
      },
      command.node);
}

}  // namespace hammerscale::sql
