#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "hammerscale/sql/sql_error.hpp"
#include "sql/session/command_runner.hpp"
#include "sql/types/coercion.hpp"

namespace hammerscale::sql {

namespace {

TablePtr table_of(const ObjectName& name, SessionState& session) {
  return session.catalog().table(name_of(name, session));
}

TablePtr managed_table(const ObjectName& name, std::string_view operation, Origin origin, SessionState& session) {
  TablePtr table = table_of(name, session);
  if (table->is_view()) {
    throw SqlError("EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE",
                   {{"viewName", quote_name(table->name)}, {"operation", std::string(operation)}}, origin);
  }
  return table;
}

void alter(TableInfo table, SessionState& session) {
  Catalog& catalog = session.catalog().catalog(table.name[0]);
  catalog.alter_table(std::move(table));
}

void check_columns_differ(const Schema& columns) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (same_name(columns[i].name, columns[j].name)) {
        throw SqlError("COLUMN_ALREADY_EXISTS", {{"columnName", quote_identifier(fold_name(columns[i].name))}});
      }
    }
  }
}

/// Where rows of managed tables can be kept: in memory, whatever file format was asked for. Rows on disk follow with
/// the readers and writers of files.
void check_provider(const std::optional<std::string>& provider, Origin origin) {
  if (!provider) { return; }
  const std::string name = fold_name(*provider);
  static constexpr std::string_view kKnown[] = {"memory", "parquet", "orc", "csv", "json", "text"};
  if (std::ranges::find(kKnown, name) == std::end(kKnown)) {
    throw SqlError("DATA_SOURCE_NOT_FOUND", {{"provider", *provider}}, origin);
  }
}

void create_table(const CreateTable& command, Origin origin, SessionState& session) {
  check_provider(command.storage.provider, origin);
  TableInfo table;
  table.name = session.catalog().qualify(name_of(command.name, session));
  table.kind = TableKind::kManaged;
  table.provider = command.storage.provider.value_or("memory");
  table.comment = command.storage.comment.value_or("");
  table.properties = {command.storage.properties.begin(), command.storage.properties.end()};
  for (const auto& transform : command.storage.partitioning) {
    if (const auto* column = transform->get_if<UnresolvedAttribute>()) {
      table.partition_columns.push_back(column->parts.back());
    }
  }
  std::vector<Batch> rows;
  if (command.query) {
    table.columns = schema_of(*command.query);
    for (auto& column : table.columns) { column.nullable = true; }
  } else {
    for (const auto& column : command.columns) {
      table.columns.push_back({column.name.back(), column.type, column.nullable, column.comment.value_or("")});
      table.defaults.push_back(column.default_text);
    }
  }
  check_columns_differ(table.columns);
  const bool exists = session.catalog().find_relation(table.name) != nullptr;
  if (exists && command.mode == CreateMode::kCreateIfNotExists) { return; }
  if (exists && command.mode == CreateMode::kCreate) {
    throw SqlError("TABLE_OR_VIEW_ALREADY_EXISTS", {{"relationName", quote_name(table.name)}}, origin);
  }
  if (!exists && command.mode == CreateMode::kReplace) {
    throw SqlError("TABLE_OR_VIEW_NOT_FOUND", {{"relationName", quote_name(table.name)}}, origin);
  }
  // The query runs before the table is there: a failing one leaves nothing.
  if (command.query) { rows = std::move(*session.collect(command.query)); }
  const TablePtr made = session.catalog().create_table(
      std::move(table), command.mode == CreateMode::kCreateIfNotExists,
      command.mode == CreateMode::kReplace || command.mode == CreateMode::kCreateOrReplace);
  if (!rows.empty()) { made->source->append(std::move(rows)); }
}

void create_like(const CreateTableLike& command, SessionState& session) {
  const TablePtr source = table_of(command.source, session);
  TableInfo table;
  table.name = session.catalog().qualify(name_of(command.name, session));
  table.columns = source->columns;
  table.defaults = source->defaults;
  table.partition_columns = source->partition_columns;
  table.provider = command.storage.provider.value_or(source->is_view() ? "memory" : source->provider);
  session.catalog().create_table(std::move(table), command.if_not_exists, false);
}

void insert(const InsertInto& command, Origin origin, SessionState& session) {
  const TablePtr table = managed_table(command.table, "INSERT", origin, session);
  std::vector<Batch> rows = std::move(*session.collect(command.query));
  for (std::size_t c = 0; c < table->columns.size(); ++c) {
    if (table->columns[c].nullable) { continue; }
    for (const Batch& batch : rows) {
      batch.rows().for_each([&](std::int32_t row) {
        if (batch.columns[c].is_null(row)) {
          throw SqlError("NOT_NULL_ASSERT_VIOLATION",
                         {{"walkedTypePath", "- field \"" + table->columns[c].name + "\"\n"}}, origin);
        }
      });
    }
  }
  if (command.overwrite) {
    table->source->replace(std::move(rows));
  } else {
    table->source->append(std::move(rows));
  }
}

/// Gives a table new columns: each is one of the old ones, or a constant.
void rebuild(const TablePtr& table, Schema columns, std::vector<std::string> defaults,
             const std::vector<ExpressionPtr>& values, SessionState& session) {
  check_columns_differ(columns);
  Expressions output;
  for (const auto& column : table->columns) { output.push_back(make_expression(UnresolvedAttribute{{column.name}})); }
  Expressions list;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    list.push_back(make_expression(Alias{values[i], columns[i].name}));
  }
  UnresolvedRelation relation;
  relation.name = table->name;
  const PlanPtr plan = session.analyze_plan(make_plan(Project{make_plan(std::move(relation)), std::move(list)}));
  std::vector<Batch> rows = std::move(*session.collect(plan));
  TableInfo changed = *table;
  changed.columns = std::move(columns);
  changed.defaults = std::move(defaults);
  changed.source = std::make_shared<MemoryTableSource>(changed.columns, std::move(rows));
  session.catalog().add_source(changed.source_key, changed.source);
  alter(std::move(changed), session);
}

ExpressionPtr column_of(const std::string& name) { return make_expression(UnresolvedAttribute{{name}}); }

std::size_t find_column(const TableInfo& table, const NameParts& name, Origin origin) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (name.size() == 1 && same_name(table.columns[i].name, name[0])) { return i; }
  }
  throw SqlError("FIELD_NOT_FOUND", {{"fieldName", quote_name(name)}, {"fields", ""}}, origin);
}

void add_columns(const AddColumns& command, Origin origin, SessionState& session) {
  const TablePtr table = managed_table(command.table, "ALTER TABLE ... ADD COLUMNS", origin, session);
  Schema columns = table->columns;
  auto defaults = table->defaults;
  defaults.resize(columns.size());
  std::vector<ExpressionPtr> values;
  for (const auto& column : columns) { values.push_back(column_of(column.name)); }
  for (const auto& added : command.columns) {
    std::size_t at = columns.size();
    if (added.position) {
      at = added.position->is_first ? 0 : find_column(*table, {added.position->after}, origin) + 1;
    }
    const auto offset = static_cast<std::ptrdiff_t>(at);
    columns.insert(columns.begin() + offset,
                   Field{added.name.back(), added.type, added.nullable, added.comment.value_or("")});
    defaults.insert(defaults.begin() + offset, added.default_text);
    values.insert(values.begin() + offset,
                  make_expression(Cast{added.default_value ? added.default_value : make_null_literal(), added.type}));
  }
  rebuild(table, std::move(columns), std::move(defaults), values, session);
}

void drop_columns(const DropColumns& command, Origin origin, SessionState& session) {
  const TablePtr table = managed_table(command.table, "ALTER TABLE ... DROP COLUMNS", origin, session);
  std::vector<bool> dropped(table->columns.size(), false);
  for (const auto& name : command.columns) {
    const bool known = std::ranges::any_of(
        table->columns, [&](const Field& field) { return name.size() == 1 && same_name(field.name, name[0]); });
    if (!known && command.if_exists) { continue; }
    dropped[find_column(*table, name, origin)] = true;
  }
  Schema columns;
  std::vector<std::string> defaults;
  std::vector<ExpressionPtr> values;
  for (std::size_t i = 0; i < table->columns.size(); ++i) {
    if (dropped[i]) { continue; }
    columns.push_back(table->columns[i]);
    defaults.push_back(i < table->defaults.size() ? table->defaults[i] : "");
    values.push_back(column_of(table->columns[i].name));
  }
  rebuild(table, std::move(columns), std::move(defaults), values, session);
}

void alter_columns(const AlterColumns& command, Origin origin, SessionState& session) {
  const TablePtr table = managed_table(command.table, "ALTER TABLE ... ALTER COLUMN", origin, session);
  Schema columns = table->columns;
  auto defaults = table->defaults;
  defaults.resize(columns.size());
  std::vector<ExpressionPtr> values;
  for (const auto& column : columns) { values.push_back(column_of(column.name)); }
  for (const auto& change : command.changes) {
    const std::size_t at = find_column(*table, change.column, origin);
    Field& column = columns[at];
    if (change.type) {
      if (!can_up_cast(column.type, *change.type)) {
        throw SqlError("NOT_SUPPORTED_CHANGE_COLUMN",
                       {{"table", quote_name(table->name)},
                        {"originName", quote_identifier(column.name)},
                        {"originType", "\"" + column.type.to_sql() + "\""},
                        {"newName", quote_identifier(column.name)},
                        {"newType", "\"" + change.type->to_sql() + "\""}},
                       origin);
      }
      column.type = *change.type;
      values[at] = make_expression(Cast{values[at], *change.type});
    }
    if (change.nullable) { column.nullable = *change.nullable; }
    if (change.comment) { column.comment = *change.comment; }
    if (change.default_value) { defaults[at] = change.default_text; }
    if (change.drop_default) { defaults[at].clear(); }
  }
  rebuild(table, std::move(columns), std::move(defaults), values, session);
}

void replace_columns(const ReplaceColumns& command, Origin origin, SessionState& session) {
  const TablePtr table = managed_table(command.table, "ALTER TABLE ... REPLACE COLUMNS", origin, session);
  Schema columns;
  std::vector<std::string> defaults;
  std::vector<ExpressionPtr> values;
  for (const auto& column : command.columns) {
    columns.push_back({column.name.back(), column.type, column.nullable, column.comment.value_or("")});
    defaults.push_back(column.default_text);
    values.push_back(make_null_literal(column.type));
  }
  rebuild(table, std::move(columns), std::move(defaults), values, session);
}

void rename_column(const RenameColumn& command, Origin origin, SessionState& session) {
  const TablePtr table = managed_table(command.table, "ALTER TABLE ... RENAME COLUMN", origin, session);
  Schema columns = table->columns;
  std::vector<ExpressionPtr> values;
  for (const auto& column : columns) { values.push_back(column_of(column.name)); }
  columns[find_column(*table, command.column, origin)].name = command.new_name;
  rebuild(table, std::move(columns), table->defaults, values, session);
}

void rename_table(const RenameTable& command, Origin origin, SessionState& session) {
  const TablePtr table = table_of(command.name, session);
  if (table->kind == TableKind::kTemporaryView) {
    TableInfo renamed = *table;
    renamed.name = {command.new_name.back()};
    session.catalog().create_temporary_view(std::move(renamed), false);
    session.catalog().drop_temporary_view(table->name.back());
    return;
  }
  const NameParts to = session.catalog().qualify(command.new_name);
  if (command.new_name.size() > 1 && (!same_name(to[0], table->name[0]) || !same_name(to[1], table->name[1]))) {
    throw SqlError("UNSUPPORTED_FEATURE.TABLE_OPERATION",
                   {{"tableName", quote_name(table->name)}, {"operation", "RENAME into another schema"}}, origin);
  }
  session.catalog().catalog(table->name[0]).rename_table(table->name[1], table->name[2], to[2]);
}

void edit_properties(const ObjectName& name, SessionState& session, const auto& edit) {
  TableInfo table = *table_of(name, session);
  edit(table.properties);
  if (table.kind == TableKind::kTemporaryView) {
    session.catalog().create_temporary_view(std::move(table), true);
  } else {
    alter(std::move(table), session);
  }
}

/// CACHE TABLE keeps a view's rows; a table's are in memory already.
constexpr const char* kCachedProperty = "hammerscale.cached.text";

void cache_table(const CacheTable& command, SessionState& session) {
  const NameParts name = name_of(command.name, session);
  if (command.query) {
    TableInfo view;
    view.name = {name.back()};
    view.kind = TableKind::kTemporaryView;
    view.view_text = command.text;
    const PlanPtr analyzed = session.analyze_plan(command.query);
    view.columns = schema_of(*analyzed);
    view.view_plan = analyzed;
    session.catalog().create_temporary_view(std::move(view), false);
  }
  const TablePtr table = session.catalog().table(name);
  if (!table->is_view() || table->properties.contains(kCachedProperty)) { return; }
  TableInfo cached = *table;
  const PlanPtr analyzed = session.analyze_plan(make_plan(UnresolvedRelation{name, nullptr, {}, nullptr, nullptr}));
  auto source = std::make_shared<MemoryTableSource>(cached.columns, std::move(*session.collect(analyzed)));
  SourceRelation rows;
  rows.source = session.catalog().add_source(source);
  rows.name = name.back();
  for (const Field& field : cached.columns) {
    rows.output.push_back(make_expression(Attribute{field.name, field.type, field.nullable, next_attribute_id()}));
  }
  cached.properties[kCachedProperty] = rows.source;
  cached.view_plan = make_plan(std::move(rows));
  if (cached.kind == TableKind::kTemporaryView) {
    session.catalog().create_temporary_view(std::move(cached), true);
  } else {
    alter(std::move(cached), session);
  }
}

void uncache(const TableInfo& cached, SessionState& session) {
  TableInfo table = cached;
  const auto found = table.properties.find(kCachedProperty);
  if (found == table.properties.end()) { return; }
  session.catalog().remove_source(found->second);
  table.properties.erase(found);
  // The view's text says what it was; views of DataFrames that have none lose nothing but their name.
  if (!table.view_text.empty()) { table.view_plan = session.parse(table.view_text); }
  if (table.kind == TableKind::kTemporaryView) {
    session.catalog().create_temporary_view(std::move(table), true);
  } else {
    alter(std::move(table), session);
  }
}

}  // namespace

RowSetResult run_table_command(const Command& command, Origin origin, SessionState& session) {
  if (const auto* create = command.get_if<CreateTable>()) {
    create_table(*create, origin, session);
  } else if (const auto* like = command.get_if<CreateTableLike>()) {
    create_like(*like, session);
  } else if (const auto* drop = command.get_if<DropTable>()) {
    session.catalog().drop_relation(name_of(drop->name, session), false, drop->if_exists);
  } else if (const auto* truncate = command.get_if<TruncateTable>()) {
    managed_table(truncate->name, "TRUNCATE TABLE", origin, session)->source->replace({});
  } else if (const auto* insertion = command.get_if<InsertInto>()) {
    insert(*insertion, origin, session);
  } else if (const auto* several = command.get_if<MultiInsert>()) {
    for (const auto& one : several->inserts) { run_command(*one->get_if<Command>(), one->origin, session); }
  } else if (const auto* rename = command.get_if<RenameTable>()) {
    rename_table(*rename, origin, session);
  } else if (const auto* added = command.get_if<AddColumns>()) {
    add_columns(*added, origin, session);
  } else if (const auto* dropped = command.get_if<DropColumns>()) {
    drop_columns(*dropped, origin, session);
  } else if (const auto* changed = command.get_if<AlterColumns>()) {
    alter_columns(*changed, origin, session);
  } else if (const auto* replaced = command.get_if<ReplaceColumns>()) {
    replace_columns(*replaced, origin, session);
  } else if (const auto* renamed = command.get_if<RenameColumn>()) {
    rename_column(*renamed, origin, session);
  } else if (const auto* set = command.get_if<SetTableProperties>()) {
    edit_properties(set->name, session, [&](Properties& properties) {
      for (const auto& [key, value] : set->properties) { properties[key] = value; }
    });
  } else if (const auto* unset = command.get_if<UnsetTableProperties>()) {
    edit_properties(unset->name, session, [&](Properties& properties) {
      for (const auto& key : unset->keys) { properties.erase(key); }
    });
  } else if (const auto* cache = command.get_if<CacheTable>()) {
    cache_table(*cache, session);
  } else if (const auto* gone = command.get_if<UncacheTable>()) {
    const NameParts name = name_of(gone->name, session);
    const TablePtr table = session.catalog().find_relation(name);
    if (!table && !gone->if_exists) {
      throw SqlError("TABLE_OR_VIEW_NOT_FOUND", {{"relationName", quote_name(name)}}, origin);
    }
    if (table) { uncache(*table, session); }
  } else if (command.get_if<ClearCache>() != nullptr) {
    for (const auto& view : session.catalog().list_temporary_views()) { uncache(*view, session); }
  } else if (const auto* refresh = command.get_if<RefreshTable>()) {
    (void)table_of(refresh->name, session);
  } else if (const auto* analyze = command.get_if<AnalyzeTable>()) {
    (void)table_of(analyze->table, session);
  }
  return {};
}

}  // namespace hammerscale::sql
