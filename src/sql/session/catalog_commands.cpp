#include <string>
#include <utility>

#include "hammerscale/sql/sql_error.hpp"
#include "sql/session/command_runner.hpp"

namespace hammerscale::sql {

namespace {

/// The catalog and database that a name of one or two parts means.
struct DatabasePlace {
  Catalog& catalog;
  std::string database;
};

DatabasePlace place_of(const ObjectName& name, SessionState& session) {
  const NameParts parts = session.catalog().qualify_database(name_of(name, session));
  return {session.catalog().catalog(parts[0]), parts[1]};
}

DatabaseInfo existing(const DatabasePlace& place) {
  auto info = place.catalog.find_database(place.database);
  if (!info) {
    throw SqlError("SCHEMA_NOT_FOUND", {{"schemaName", quote_name({place.catalog.name(), place.database})}});
  }
  return *std::move(info);
}

Properties as_map(const Options& options) { return {options.begin(), options.end()}; }

void create_database(const CreateDatabase& command, SessionState& session) {
  const auto place = place_of(command.name, session);
  place.catalog.create_database(
      {place.database, command.comment.value_or(""), command.location.value_or(""), as_map(command.properties)},
      command.if_not_exists);
}

void drop_database(const DropDatabase& command, SessionState& session) {
  const auto place = place_of(command.name, session);
  place.catalog.drop_database(place.database, command.if_exists, command.cascade);
}

template <typename Edit>
void edit_database(const ObjectName& name, SessionState& session, Edit edit) {
  const auto place = place_of(name, session);
  DatabaseInfo info = existing(place);
  edit(info);
  place.catalog.alter_database(std::move(info));
}

void comment_on(const CommentOn& command, SessionState& session) {
  if (command.target == CommentTarget::kDatabase || command.target == CommentTarget::kCatalog) {
    if (command.target == CommentTarget::kDatabase) {
      edit_database(command.name, session, [&](DatabaseInfo& info) { info.comment = command.comment.value_or(""); });
    }
    return;
  }
  NameParts parts = name_of(command.name, session);
  std::string column;
  if (command.target == CommentTarget::kColumn) {
    column = parts.back();
    parts.pop_back();
  }
  const TablePtr table = session.catalog().table(parts);
  TableInfo changed = *table;
  if (column.empty()) {
    changed.comment = command.comment.value_or("");
  } else {
    bool found = false;
    for (auto& field : changed.columns) {
      if (!same_name(field.name, column)) { continue; }
      field.comment = command.comment.value_or("");
      found = true;
    }
    if (!found) { throw SqlError("FIELD_NOT_FOUND", {{"fieldName", quote_identifier(column)}, {"fields", ""}}); }
  }
  session.catalog().catalog(changed.name[0]).alter_table(std::move(changed));
}

/// A view's columns: those of its query, under the names that CREATE VIEW gives.
Schema view_schema(const PlanPtr& analyzed, const std::vector<ViewColumn>& named, const std::string& view) {
  Schema schema = schema_of(*analyzed);
  if (!named.empty()) {
    if (named.size() != schema.size()) {
      std::string data;
      for (const auto& field : schema) { data += (data.empty() ? "" : ", ") + quote_identifier(field.name); }
      std::string columns;
      for (const auto& column : named) { columns += (columns.empty() ? "" : ", ") + quote_identifier(column.name); }
      throw SqlError(named.size() > schema.size() ? "CREATE_VIEW_COLUMN_ARITY_MISMATCH.NOT_ENOUGH_DATA_COLUMNS"
                                                  : "CREATE_VIEW_COLUMN_ARITY_MISMATCH.TOO_MANY_DATA_COLUMNS",
                     {{"viewName", view}, {"viewColumns", columns}, {"dataColumns", data}});
    }
    for (std::size_t i = 0; i < named.size(); ++i) {
      schema[i].name = named[i].name;
      schema[i].comment = named[i].comment.value_or("");
    }
  }
  for (std::size_t i = 0; i < schema.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (same_name(schema[i].name, schema[j].name)) {
        throw SqlError("COLUMN_ALREADY_EXISTS", {{"columnName", quote_identifier(fold_name(schema[i].name))}});
      }
    }
  }
  return schema;
}

void create_view(const CreateView& command, Origin origin, SessionState& session) {
  const NameParts written = name_of(command.name, session);
  TableInfo view;
  view.view_plan = command.query;
  view.view_text = command.text;
  view.comment = command.comment.value_or("");
  view.properties = as_map(command.properties);
  view.view_database = {session.catalog().current_catalog(), session.catalog().current_database()};
  view.columns = view_schema(session.analyze_plan(command.query), command.columns, quote_name(written));
  for (const auto& column : command.columns) { view.view_columns.push_back(column.name); }
  if (command.scope == ViewScope::kPersistent) {
    view.kind = TableKind::kView;
    view.name = session.catalog().qualify(written);
    if (const auto old = session.catalog().find_relation(view.name); old && !old->is_view() && command.or_replace) {
      throw SqlError("EXPECT_VIEW_NOT_TABLE.NO_ALTERNATIVE",
                     {{"tableName", quote_name(view.name)}, {"operation", "CREATE OR REPLACE VIEW"}}, origin);
    }
    session.catalog().create_table(std::move(view), command.if_not_exists, command.or_replace);
    return;
  }
  if (written.size() > 1 && !(command.scope == ViewScope::kGlobalTemporary && written.size() == 2 &&
                              same_name(written[0], GlobalViews::kDatabase))) {
    throw SqlError("TEMP_VIEW_NAME_TOO_MANY_NAME_PARTS", {{"actualName", quote_name(written)}}, origin);
  }
  view.kind = TableKind::kTemporaryView;
  view.name = {written.back()};
  if (command.scope == ViewScope::kGlobalTemporary) {
    if (command.if_not_exists && session.catalog().global_views().find(written.back())) { return; }
    session.catalog().global_views().create(std::move(view), command.or_replace);
  } else {
    if (command.if_not_exists && session.catalog().find_temporary_view(written.back())) { return; }
    session.catalog().create_temporary_view(std::move(view), command.or_replace);
  }
}

void alter_view(const AlterViewQuery& command, Origin origin, SessionState& session) {
  const NameParts written = name_of(command.name, session);
  const TablePtr old = session.catalog().table(written);
  if (!old->is_view()) {
    throw SqlError("EXPECT_VIEW_NOT_TABLE.USE_ALTER_TABLE",
                   {{"tableName", quote_name(old->name)}, {"operation", "ALTER VIEW ... AS"}}, origin);
  }
  TableInfo view = *old;
  view.view_plan = command.query;
  view.view_text = command.text;
  view.view_columns.clear();
  view.columns = view_schema(session.analyze_plan(command.query), {}, quote_name(written));
  if (view.kind == TableKind::kTemporaryView) {
    session.catalog().create_temporary_view(std::move(view), true);
  } else {
    session.catalog().catalog(view.name[0]).alter_table(std::move(view));
  }
}

void create_function(const CreateSqlFunction& command, SessionState& session) {
  SqlFunctionInfo function;
  const NameParts written = name_of(command.name, session);
  function.name = command.is_temporary ? NameParts{written.back()} : session.catalog().qualify(written);
  for (const auto& parameter : command.parameters) {
    function.parameters.push_back(
        {parameter.name.back(), parameter.type, parameter.default_value, parameter.comment.value_or("")});
  }
  function.return_type = command.return_type;
  for (const auto& column : command.return_columns) {
    function.return_columns.push_back({column.name.back(), column.type, column.nullable, column.comment.value_or("")});
  }
  function.is_table_function = command.is_table;
  function.body = command.body;
  function.query = command.query;
  if (!command.is_table && command.query && !command.body) {
    function.body = make_expression(SubqueryExpression{SubqueryKind::kScalar, command.query, {}, {}});
  }
  function.body_text = command.text;
  function.comment = command.comment.value_or("");
  function.is_deterministic = command.is_deterministic.value_or(true);
  if (command.is_temporary) {
    session.catalog().create_temporary_function(std::move(function), command.if_not_exists, command.or_replace);
  } else {
    Catalog& catalog = session.catalog().catalog(function.name[0]);
    catalog.create_function(std::move(function), command.if_not_exists, command.or_replace);
  }
}

void drop_function(const DropFunction& command, SessionState& session) {
  const NameParts written = name_of(command.name, session);
  if (command.is_temporary) {
    session.catalog().drop_temporary_function(written.back(), command.if_exists);
    return;
  }
  const NameParts name = session.catalog().qualify(written);
  session.catalog().catalog(name[0]).drop_function(name[1], name[2], command.if_exists);
}

}  // namespace

RowSetResult run_catalog_command(const Command& command, Origin origin, SessionState& session) {
  if (const auto* create = command.get_if<CreateDatabase>()) {
    create_database(*create, session);
  } else if (const auto* drop = command.get_if<DropDatabase>()) {
    drop_database(*drop, session);
  } else if (const auto* set = command.get_if<SetDatabaseProperties>()) {
    edit_database(set->name, session, [&](DatabaseInfo& info) {
      for (const auto& [key, value] : set->properties) { info.properties[key] = value; }
    });
  } else if (const auto* unset = command.get_if<UnsetDatabaseProperties>()) {
    edit_database(unset->name, session, [&](DatabaseInfo& info) {
      for (const auto& key : unset->keys) { info.properties.erase(key); }
    });
  } else if (const auto* location = command.get_if<SetDatabaseLocation>()) {
    edit_database(location->name, session, [&](DatabaseInfo& info) { info.location = location->location; });
  } else if (const auto* use = command.get_if<UseDatabase>()) {
    session.catalog().set_current_database(name_of(use->name, session));
  } else if (const auto* catalog = command.get_if<SetCatalog>()) {
    session.catalog().set_current_catalog(name_of(catalog->name, session).back());
  } else if (const auto* comment = command.get_if<CommentOn>()) {
    comment_on(*comment, session);
  } else if (const auto* view = command.get_if<CreateView>()) {
    create_view(*view, origin, session);
  } else if (const auto* alter = command.get_if<AlterViewQuery>()) {
    alter_view(*alter, origin, session);
  } else if (const auto* drop_view = command.get_if<DropView>()) {
    session.catalog().drop_relation(name_of(drop_view->name, session), true, drop_view->if_exists);
  } else if (const auto* function = command.get_if<CreateSqlFunction>()) {
    create_function(*function, session);
  } else if (const auto* gone = command.get_if<DropFunction>()) {
    drop_function(*gone, session);
  } else if (const auto* source = command.get_if<CreateViewUsing>()) {
    throw SqlError("DATA_SOURCE_NOT_FOUND", {{"provider", source->provider}}, origin);
  }
  return {};
}

}  // namespace hammerscale::sql
