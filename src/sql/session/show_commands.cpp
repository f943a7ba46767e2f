#include <algorithm>
#include <string>

#include "hammerscale/sql/sql_error.hpp"
#include "sql/functions/registry.hpp"
#include "sql/session/command_runner.hpp"

namespace hammerscale::sql {

namespace {

Value text(std::string value) { return Value(std::move(value)); }
Field text_field(std::string name) { return {std::move(name), DataType::string(), false}; }

NameParts database_of(const ObjectName& name, SessionState& session) {
  return session.catalog().qualify_database(name.parts.empty() && !name.identifier ? NameParts{}
                                                                                   : name_of(name, session));
}

RowSetResult show_databases(const ShowDatabases& command, SessionState& session) {
  RowSetResult result{{text_field("namespace")}, {}};
  const NameParts parent =
      command.parent.parts.empty() ? NameParts{session.catalog().current_catalog()} : name_of(command.parent, session);
  for (const auto& name : session.catalog().catalog(parent[0]).list_databases()) {
    if (matches_pattern(command.pattern, name)) { result.rows.push_back({text(name)}); }
  }
  return result;
}

/// Tables and views of a database, or views alone, and the temporary ones behind them.
RowSetResult show_relations(const ObjectName& in, const ShowPattern& pattern, bool views_only, SessionState& session) {
  RowSetResult result{{text_field("namespace"),
                       text_field(views_only ? "viewName" : "tableName"),
                       {"isTemporary", TypeId::kBoolean, false}},
                      {}};
  const NameParts place = database_of(in, session);
  const Catalog& catalog = session.catalog().catalog(place[0]);
  if (!catalog.find_database(place[1])) { throw SqlError("SCHEMA_NOT_FOUND", {{"schemaName", quote_name(place)}}); }
  for (const auto& table : catalog.list_tables(place[1])) {
    if ((!views_only || table->is_view()) && matches_pattern(pattern, table->name.back())) {
      result.rows.push_back({text(place[1]), text(table->name.back()), Value(false)});
    }
  }
  for (const auto& view : session.catalog().list_temporary_views()) {
    if (matches_pattern(pattern, view->name.back())) {
      result.rows.push_back({text(""), text(view->name.back()), Value(true)});
    }
  }
  return result;
}

RowSetResult show_create_table(const ShowCreateTable& command, SessionState& session) {
  const TablePtr table = session.catalog().table(name_of(command.table, session));
  std::string sql;
  const auto name = [&] {
    std::string joined;
    for (const auto& part : table->name) { joined += (joined.empty() ? "" : ".") + quote_identifier_if_needed(part); }
    return joined;
  }();
  if (table->is_view()) {
    sql = "CREATE VIEW " + name + " (\n";
    for (std::size_t i = 0; i < table->columns.size(); ++i) {
      sql +=
          "  " + quote_identifier_if_needed(table->columns[i].name) + (i + 1 < table->columns.size() ? ",\n" : ")\n");
    }
    sql += "AS " + table->view_text + "\n";
  } else {
    sql = "CREATE TABLE " + name + " (\n";
    for (std::size_t i = 0; i < table->columns.size(); ++i) {
      const Field& column = table->columns[i];
      sql += "  " + quote_identifier_if_needed(column.name) + " " + column.type.to_sql();
      if (!column.nullable) { sql += " NOT NULL"; }
      if (i < table->defaults.size() && !table->defaults[i].empty()) { sql += " DEFAULT " + table->defaults[i]; }
      if (!column.comment.empty()) { sql += " COMMENT '" + column.comment + "'"; }
      sql += i + 1 < table->columns.size() ? ",\n" : ")\n";
    }
    sql += "USING " + table->provider + "\n";
    if (!table->partition_columns.empty()) {
      sql += "PARTITIONED BY (";
      for (std::size_t i = 0; i < table->partition_columns.size(); ++i) {
        sql += (i > 0 ? ", " : "") + table->partition_columns[i];
      }
      sql += ")\n";
    }
    if (!table->comment.empty()) { sql += "COMMENT '" + table->comment + "'\n"; }
  }
  return {{text_field("createtab_stmt")}, {{text(std::move(sql))}}};
}

RowSetResult show_functions(const ShowFunctions& command, SessionState& session) {
  std::vector<std::string> names;
  if (command.scope != FunctionScope::kUser) { names = builtin_functions().names(); }
  if (command.scope != FunctionScope::kSystem) {
    for (const auto& name : session.catalog().registered_functions().names()) { names.push_back(name); }
    for (const auto& function : session.catalog().list_temporary_functions()) {
      names.push_back(function->name.back());
    }
    const NameParts place = database_of(command.database, session);
    for (const auto& function : session.catalog().catalog(place[0]).list_functions(place[1])) {
      names.push_back(function->name[0] + "." + function->name[1] + "." + function->name[2]);
    }
  }
  std::ranges::sort(names);
  RowSetResult result{{text_field("function")}, {}};
  for (const auto& name : names) {
    if (matches_pattern(command.pattern, name)) { result.rows.push_back({text(name)}); }
  }
  return result;
}

}  // namespace

RowSetResult run_show_command(const Command& command, Origin origin, SessionState& session) {
  if (const auto* catalogs = command.get_if<ShowCatalogs>()) {
    RowSetResult result{{text_field("catalog")}, {}};
    for (const auto& name : session.catalog().list_catalogs()) {
      if (matches_pattern(catalogs->pattern, name)) { result.rows.push_back({text(name)}); }
    }
    return result;
  }
  if (const auto* databases = command.get_if<ShowDatabases>()) { return show_databases(*databases, session); }
  if (const auto* tables = command.get_if<ShowTables>()) {
    return show_relations(tables->database, tables->pattern, false, session);
  }
  if (const auto* views = command.get_if<ShowViews>()) {
    return show_relations(views->database, views->pattern, true, session);
  }
  if (const auto* columns = command.get_if<ShowColumns>()) {
    NameParts name = name_of(columns->table, session);
    if (!columns->database.empty()) {
      if (name.size() > 1 && !same_name(name[name.size() - 2], columns->database.back())) {
        throw SqlError(
            "SHOW_COLUMNS_WITH_CONFLICT_NAMESPACE",
            {{"namespaceA", quote_name(columns->database)}, {"namespaceB", quote_name({name[name.size() - 2]})}},
            origin);
      }
      NameParts qualified = columns->database;
      qualified.push_back(name.back());
      name = qualified;
    }
    RowSetResult result{{text_field("col_name")}, {}};
    for (const Field& column : session.catalog().table(name)->columns) { result.rows.push_back({text(column.name)}); }
    return result;
  }
  if (const auto* create = command.get_if<ShowCreateTable>()) { return show_create_table(*create, session); }
  if (const auto* properties = command.get_if<ShowTableProperties>()) {
    const TablePtr table = session.catalog().table(name_of(properties->table, session));
    RowSetResult result{{text_field("key"), text_field("value")}, {}};
    if (properties->key) {
      const auto found = table->properties.find(*properties->key);
      result.rows.push_back({text(*properties->key), text(found != table->properties.end()
                                                              ? found->second
                                                              : "Table " + quote_name(table->name) +
                                                                    " does not have property: " + *properties->key)});
      return result;
    }
    for (const auto& [key, value] : table->properties) { result.rows.push_back({text(key), text(value)}); }
    return result;
  }
  if (command.get_if<ShowCurrentDatabase>() != nullptr) {
    return {{text_field("catalog"), text_field("namespace")},
            {{text(session.catalog().current_catalog()), text(session.catalog().current_database())}}};
  }
  if (const auto* functions = command.get_if<ShowFunctions>()) { return show_functions(*functions, session); }
  const auto& collations = std::get<ShowCollations>(command.node);
  RowSetResult result{{text_field("COLLATION_CATALOG"), text_field("COLLATION_SCHEMA"), text_field("COLLATION_NAME")},
                      {}};
  for (const char* name : {"UTF8_BINARY", "UTF8_LCASE"}) {
    if (matches_pattern(collations.pattern, name)) {
      result.rows.push_back({text("SYSTEM"), text("BUILTIN"), text(name)});
    }
  }
  return result;
}

}  // namespace hammerscale::sql
