#include <limits>

#include "sql/parser/grammar.hpp"

namespace hammerscale::sql {

namespace {

std::string joined(const NameParts& parts) {
  std::string text;
  for (const auto& part : parts) { text += (text.empty() ? "" : ".") + part; }
  return text;
}

}  // namespace

/// A key of OPTIONS and TBLPROPERTIES: a string, or words with points.
std::string Grammar::property_key() {
  if (is_string()) { return string_literal(); }
  std::string key = identifier();
  while (is(TokenKind::kDot) || is(TokenKind::kColon)) {
    key += text_of(take());
    key += identifier();
  }
  return key;
}

std::optional<std::string> Grammar::property_value() {
  if (is_string()) {
    auto text = string_literal();
    while (is_string()) { text += string_literal(); }
    return text;
  }
  const std::size_t start = start_here();
  accept(TokenKind::kMinus);
  if (peek().kind >= TokenKind::kInteger && peek().kind <= TokenKind::kBigDecimal) {
    take();
    return text_from(start);
  }
  if (is_any({Keyword::kTrue, Keyword::kFalse})) { return take().keyword == Keyword::kTrue ? "true" : "false"; }
  return std::nullopt;
}

/// (key = value, key value, key).
Options Grammar::properties() {
  Options list;
  const std::size_t start = start_here();
  expect(TokenKind::kLeftParen);
  do {
    auto key = property_key();
    accept(TokenKind::kEqual);
    auto value = property_value();
    for (const auto& [other, unused] : list) {
      if (other == key) { fail("DUPLICATE_KEY", {{"keyColumn", quote_identifier(key)}}, origin_from(start)); }
    }
    list.emplace_back(std::move(key), value.value_or(""));
  } while (accept(TokenKind::kComma));
  expect(TokenKind::kRightParen);
  return list;
}

PlanPtr Grammar::create() {
  const std::size_t start = start_here();
  reject_unsupported();
  CreateMode mode = CreateMode::kCreate;
  if (accept(Keyword::kReplace)) {
    mode = CreateMode::kReplace;
  } else {
    expect(Keyword::kCreate);
    if (accept({Keyword::kOr, Keyword::kReplace})) { mode = CreateMode::kCreateOrReplace; }
  }
  const bool or_replace = mode == CreateMode::kCreateOrReplace;
  const bool is_global = is(Keyword::kGlobal) && is_any({Keyword::kTemporary, Keyword::kTemp}, 1);
  if (is_global) { take(); }
  const bool is_temporary = accept(Keyword::kTemporary) || accept(Keyword::kTemp);
  const ViewScope scope = is_global      ? ViewScope::kGlobalTemporary
                          : is_temporary ? ViewScope::kTemporary
                                         : ViewScope::kPersistent;
  if (mode != CreateMode::kReplace) {
    if (is(Keyword::kView)) { return create_view(start, scope, or_replace); }
    if (is(Keyword::kFunction)) { return create_function(start, is_temporary, or_replace); }
    if (is_any({Keyword::kDatabase, Keyword::kSchema, Keyword::kNamespace}) && !or_replace && !is_temporary) {
      return create_database(start);
    }
    if (is(Keyword::kVariable) || is(Keyword::kVar)) { fail_here(); }
    if (is_any({Keyword::kIndex, Keyword::kStreaming, Keyword::kMaterialized, Keyword::kFlow, Keyword::kProcedure})) {
      const auto what = std::string(keyword_text(peek().keyword));
      take();
      fail_not_allowed("CREATE " + what, start);
    }
  }
  const bool is_external = accept(Keyword::kExternal);
  if (!is(Keyword::kTable)) { fail_here(); }
  take();
  return create_table(start, mode, is_external, is_temporary);
}

PlanPtr Grammar::create_table(std::size_t start, CreateMode mode, bool is_external, bool is_temporary) {
  CreateTable node;
  node.mode = mode;
  node.is_external = is_external;
  if (mode == CreateMode::kCreate && if_not_exists()) { node.mode = CreateMode::kCreateIfNotExists; }
  node.name = object_name();
  if (is(Keyword::kLike)) {
    return create_table_like(std::move(node.name), node.mode == CreateMode::kCreateIfNotExists, start);
  }
  if (is(TokenKind::kLeftParen) && !starts_query(1)) { table_elements(node.columns, node.constraints); }
  table_storage(node.storage, node.columns);
  const bool has_as = accept(Keyword::kAs);
  if (has_as || starts_query() || is(TokenKind::kLeftParen)) { node.query = query(); }
  if (is_temporary) {
    // An old spelling of a temporary view over files.
    if (node.query != nullptr) {
      fail_not_allowed("CREATE TEMPORARY TABLE ... AS ..., use CREATE TEMPORARY VIEW instead", start);
    }
    if (node.storage.provider) {
      CreateViewUsing view;
      view.name = std::move(node.name);
      view.columns = std::move(node.columns);
      view.provider = *node.storage.provider;
      view.options = std::move(node.storage.options);
      return command(std::move(view), start);
    }
    fail_not_allowed("CREATE TEMPORARY TABLE without a provider", start);
  }
  if (node.query != nullptr && !node.columns.empty()) {
    fail_not_allowed("Schema may not be specified in a Create Table As Select (CTAS) statement", start);
  }
  return command(std::move(node), start);
}

PlanPtr Grammar::create_table_like(ObjectName name, bool if_not_exists, std::size_t start) {
  expect(Keyword::kLike);
  CreateTableLike node;
  node.name = std::move(name);
  node.if_not_exists = if_not_exists;
  node.source = object_name();
  std::vector<ColumnDefinition> none;
  table_storage(node.storage, none);
  return command(std::move(node), start);
}

/// ( columns and constraints ).
void Grammar::table_elements(std::vector<ColumnDefinition>& columns, std::vector<TableConstraint>& constraints) {
  expect(TokenKind::kLeftParen);
  do {
    if (is(Keyword::kConstraint) && is_identifier(1) &&
        is_any({Keyword::kCheck, Keyword::kPrimary, Keyword::kUnique, Keyword::kForeign}, 2)) {
      take();
      auto name = identifier();
      constraints.push_back(constraint(std::move(name)));
    } else if ((is(Keyword::kCheck) && is(TokenKind::kLeftParen, 1)) ||
               (is(Keyword::kUnique) && is(TokenKind::kLeftParen, 1)) ||
               (is(Keyword::kPrimary) && is(Keyword::kKey, 1)) || (is(Keyword::kForeign) && is(Keyword::kKey, 1))) {
      constraints.push_back(constraint(""));
    } else {
      auto column = column_definition(false);
      // A constraint of one column may stand behind it.
      while (
          is_any({Keyword::kPrimary, Keyword::kUnique, Keyword::kCheck, Keyword::kReferences, Keyword::kConstraint})) {
        std::string name;
        if (accept(Keyword::kConstraint)) { name = identifier(); }
        auto own = constraint(std::move(name));
        if (own.columns.empty() && own.kind != ConstraintKind::kCheck) { own.columns.push_back(column.name.back()); }
        constraints.push_back(std::move(own));
      }
      columns.push_back(std::move(column));
    }
  } while (accept(TokenKind::kComma));
  expect(TokenKind::kRightParen);
}

TableConstraint Grammar::constraint(std::string name) {
  TableConstraint node;
  node.name = std::move(name);
  if (accept(Keyword::kCheck)) {
    expect(TokenKind::kLeftParen);
    const std::size_t at = start_here();
    node.condition = expression();
    node.condition_text = text_from(at);
    expect(TokenKind::kRightParen);
  } else if (accept({Keyword::kPrimary, Keyword::kKey})) {
    node.kind = ConstraintKind::kPrimaryKey;
    if (is(TokenKind::kLeftParen)) { node.columns = identifier_list_in_parens(); }
  } else if (accept(Keyword::kUnique)) {
    node.kind = ConstraintKind::kUnique;
    if (is(TokenKind::kLeftParen)) { node.columns = identifier_list_in_parens(); }
  } else {
    node.kind = ConstraintKind::kForeignKey;
    if (accept({Keyword::kForeign, Keyword::kKey})) { node.columns = identifier_list_in_parens(); }
    expect(Keyword::kReferences);
    node.referenced_table = multipart_name();
    if (is(TokenKind::kLeftParen)) { node.referenced_columns = identifier_list_in_parens(); }
  }
  constraint_characteristics(node);
  return node;
}

void Grammar::constraint_characteristics(TableConstraint& node) {
  while (true) {
    if (accept(Keyword::kEnforced)) {
      node.enforced = true;
    } else if (accept({Keyword::kNot, Keyword::kEnforced})) {
      node.enforced = false;
    } else if (accept(Keyword::kRely)) {
      node.rely = true;
    } else if (accept(Keyword::kNorely)) {
      node.rely = false;
    } else {
      return;
    }
  }
}

/// name type and its options, in any order, each once.
ColumnDefinition Grammar::column_definition(bool with_position) {
  const std::size_t start = start_here();
  ColumnDefinition column;
  if (with_position) {
    column.name = multipart_name();
  } else {
    column.name.push_back(object_identifier());
  }
  column.type = type();
  bool has_not_null = false;
  const auto fail_twice = [&](const char* clause) {
    fail("CREATE_TABLE_COLUMN_DESCRIPTOR_DUPLICATE",
         {{"columnName", column.name.back()}, {"optionName", clause}}, origin_from(start));
  };
  while (true) {
    if (accept({Keyword::kNot, Keyword::kNull})) {
      if (has_not_null) { fail_twice("NOT NULL"); }
      has_not_null = true;
      column.nullable = false;
    } else if (accept(Keyword::kDefault)) {
      if (column.default_value != nullptr) { fail_twice("DEFAULT"); }
      const std::size_t at = start_here();
      column.default_value = expression();
      column.default_text = text_from(at);
    } else if (accept(Keyword::kGenerated)) {
      if (accept({Keyword::kBy, Keyword::kDefault})) {
        column.identity = IdentityColumn{};
        column.identity->allows_explicit = true;
      } else {
        expect(Keyword::kAlways);
      }
      expect(Keyword::kAs);
      if (column.identity || is(Keyword::kIdentity)) {
        if (!column.identity) { column.identity = IdentityColumn{}; }
        expect(Keyword::kIdentity);
        if (accept(TokenKind::kLeftParen)) {
          while (!accept(TokenKind::kRightParen)) {
            if (accept(Keyword::kStart)) {
              expect(Keyword::kWith);
              column.identity->start = integer_value();
            } else {
              expect(Keyword::kIncrement);
              expect(Keyword::kBy);
              column.identity->step = integer_value();
            }
            accept(TokenKind::kComma);
          }
        }
      } else {
        expect(TokenKind::kLeftParen);
        const std::size_t at = start_here();
        column.generated = expression();
        column.generated_text = text_from(at);
        expect(TokenKind::kRightParen);
      }
    } else if (accept(Keyword::kComment)) {
      if (column.comment) { fail_twice("COMMENT"); }
      column.comment = string_literal();
    } else if (with_position && accept(Keyword::kFirst)) {
      column.position = ColumnPosition{true, ""};
    } else if (with_position && accept(Keyword::kAfter)) {
      column.position = ColumnPosition{false, identifier()};
    } else if (accept(Keyword::kCollate)) {
      column.type = DataType::string(collation());
    } else {
      return column;
    }
  }
}

/// The clauses behind a table's columns, in any order, each once.
void Grammar::table_storage(TableStorage& storage, std::vector<ColumnDefinition>& columns) {
  bool has_options = false;
  bool has_partitioning = false;
  bool has_properties = false;
  std::size_t at = 0;
  const auto once = [&](bool is_there, const char* clause) {
    if (is_there) { fail("DUPLICATE_CLAUSES", {{"clauseName", clause}}, origin_from(at)); }
  };
  if (is(Keyword::kUsing)) {
    take();
    storage.provider = joined(multipart_name());
  }
  while (true) {
    at = start_here();
    if (accept(Keyword::kOptions)) {
      once(has_options, "OPTIONS");
      has_options = true;
      storage.options = properties();
    } else if (accept({Keyword::kPartitioned, Keyword::kBy})) {
      once(has_partitioning, "PARTITIONED BY");
      has_partitioning = true;
      partitioning(storage, columns);
    } else if (accept({Keyword::kClustered, Keyword::kBy})) {
      once(storage.buckets.has_value(), "CLUSTERED BY");
      storage.buckets = bucket_spec();
    } else if (accept({Keyword::kCluster, Keyword::kBy})) {
      once(storage.cluster_by.has_value(), "CLUSTER BY");
      std::vector<NameParts> keys;
      expect(TokenKind::kLeftParen);
      do { keys.push_back(multipart_name()); } while (accept(TokenKind::kComma));
      expect(TokenKind::kRightParen);
      storage.cluster_by = std::move(keys);
    } else if (accept(Keyword::kLocation)) {
      once(storage.location.has_value(), "LOCATION");
      storage.location = string_literal();
    } else if (accept(Keyword::kComment)) {
      once(storage.comment.has_value(), "COMMENT");
      storage.comment = string_literal();
    } else if (accept(Keyword::kTblproperties)) {
      once(has_properties, "TBLPROPERTIES");
      has_properties = true;
      storage.properties = properties();
    } else if (accept({Keyword::kDefault, Keyword::kCollation})) {
      once(storage.collation.has_value(), "DEFAULT COLLATION");
      storage.collation = joined(multipart_name());
    } else if (is(Keyword::kRow) && is(Keyword::kFormat, 1)) {
      if (!storage.hive) { storage.hive = HiveFormat{}; }
      hive_row_format(*storage.hive);
    } else if (is(Keyword::kStored) && is(Keyword::kAs, 1)) {
      if (!storage.hive) { storage.hive = HiveFormat{}; }
      once(storage.hive->stored_as || storage.hive->input_format, "STORED AS/BY");
      hive_stored_as(*storage.hive);
    } else if (is(Keyword::kUsing) && !storage.provider) {
      take();
      storage.provider = joined(multipart_name());
    } else {
      return;
    }
  }
}

void Grammar::hive_row_format(HiveFormat& format) {
  expect({Keyword::kRow, Keyword::kFormat});
  if (accept(Keyword::kSerde)) {
    format.serde = string_literal();
    if (accept({Keyword::kWith, Keyword::kSerdeproperties})) { format.serde_properties = properties(); }
    return;
  }
  expect(Keyword::kDelimited);
  const auto add = [&](const char* key) { format.delimiters.emplace_back(key, string_literal()); };
  while (true) {
    if (accept({Keyword::kFields, Keyword::kTerminated, Keyword::kBy})) {
      add("field.delim");
      if (accept({Keyword::kEscaped, Keyword::kBy})) { add("escape.delim"); }
    } else if (accept({Keyword::kCollection, Keyword::kItems, Keyword::kTerminated, Keyword::kBy})) {
      add("collection.delim");
    } else if (accept({Keyword::kMap, Keyword::kKeys, Keyword::kTerminated, Keyword::kBy})) {
      add("mapkey.delim");
    } else if (accept({Keyword::kLines, Keyword::kTerminated, Keyword::kBy})) {
      add("line.delim");
    } else if (accept({Keyword::kNull, Keyword::kDefined, Keyword::kAs})) {
      add("serialization.null.format");
    } else {
      return;
    }
  }
}

void Grammar::hive_stored_as(HiveFormat& format) {
  expect({Keyword::kStored, Keyword::kAs});
  if (accept(Keyword::kInputformat)) {
    format.input_format = string_literal();
    expect(Keyword::kOutputformat);
    format.output_format = string_literal();
    return;
  }
  format.stored_as = identifier();
}

/// (a, years(b)), or Hive's (c STRING): columns of their own.
void Grammar::partitioning(TableStorage& storage, std::vector<ColumnDefinition>& columns) {
  expect(TokenKind::kLeftParen);
  do {
    const std::size_t at = start_here();
    const bool is_column = is_identifier() && is_identifier(1);
    if (is_column) {
      auto column = column_definition(false);
      storage.partitioning.push_back(make_expression(UnresolvedAttribute{column.name}, origin_from(at)));
      columns.push_back(std::move(column));
      continue;
    }
    auto name = multipart_name();
    if (!accept(TokenKind::kLeftParen)) {
      storage.partitioning.push_back(make_expression(UnresolvedAttribute{std::move(name)}, origin_from(at)));
      continue;
    }
    Expressions arguments;
    do { arguments.push_back(expression()); } while (accept(TokenKind::kComma));
    expect(TokenKind::kRightParen);
    storage.partitioning.push_back(call(name.back(), std::move(arguments), at));
  } while (accept(TokenKind::kComma));
  expect(TokenKind::kRightParen);
}

/// (columns) [SORTED BY (columns)] INTO n BUCKETS.
BucketSpec Grammar::bucket_spec() {
  BucketSpec spec;
  spec.columns = identifier_list_in_parens();
  if (accept({Keyword::kSorted, Keyword::kBy})) {
    expect(TokenKind::kLeftParen);
    do {
      const std::size_t at = start_here();
      spec.sort_columns.push_back(identifier());
      if (is(Keyword::kDesc)) {
        fail_not_allowed("Column ordering must be ASC, was '" + std::string(text_of(take())) + "'", at);
      }
      accept(Keyword::kAsc);
    } while (accept(TokenKind::kComma));
    expect(TokenKind::kRightParen);
  }
  expect(Keyword::kInto);
  const std::size_t at = start_here();
  const auto count = integer_value();
  if (count <= 0 || count > std::numeric_limits<std::int32_t>::max()) {
    fail("_LEGACY_ERROR_TEMP_0031", {{"describe", text_from(at)}}, origin_from(at));
  }
  spec.num_buckets = static_cast<std::int32_t>(count);
  expect(Keyword::kBuckets);
  return spec;
}

PlanPtr Grammar::alter() {
  const std::size_t start = start_here();
  reject_unsupported();
  take();
  if (accept(Keyword::kTable)) { return alter_table(start); }
  if (accept(Keyword::kView)) { return alter_view(start); }
  if (accept(Keyword::kDatabase) || accept(Keyword::kSchema) || accept(Keyword::kNamespace)) {
    return alter_database(start);
  }
  fail_here();
}

PlanPtr Grammar::alter_database(std::size_t start) {
  auto name = object_name();
  if (accept(Keyword::kUnset)) {
    if (!accept(Keyword::kDbproperties)) { expect(Keyword::kProperties); }
    UnsetDatabaseProperties node{std::move(name), {}};
    expect(TokenKind::kLeftParen);
    do { node.keys.push_back(property_key()); } while (accept(TokenKind::kComma));
    expect(TokenKind::kRightParen);
    return command(std::move(node), start);
  }
  expect(Keyword::kSet);
  if (accept(Keyword::kLocation)) { return command(SetDatabaseLocation{std::move(name), string_literal()}, start); }
  if (!accept(Keyword::kDbproperties)) { expect(Keyword::kProperties); }
  return command(SetDatabaseProperties{std::move(name), properties()}, start);
}

PlanPtr Grammar::alter_view(std::size_t start) {
  auto name = object_name();
  if (accept({Keyword::kRename, Keyword::kTo})) {
    return command(RenameTable{std::move(name), multipart_name(), true}, start);
  }
  if (accept({Keyword::kSet, Keyword::kTblproperties})) {
    return command(SetTableProperties{std::move(name), properties(), true}, start);
  }
  if (accept({Keyword::kUnset, Keyword::kTblproperties})) {
    UnsetTableProperties node{std::move(name), {}, if_exists(), true};
    expect(TokenKind::kLeftParen);
    do { node.keys.push_back(property_key()); } while (accept(TokenKind::kComma));
    expect(TokenKind::kRightParen);
    return command(std::move(node), start);
  }
  if (is(Keyword::kWith) && is(Keyword::kSchema, 1)) {
    return command(AlterViewSchemaMode{std::move(name), view_schema_mode()}, start);
  }
  accept(Keyword::kAs);
  const std::size_t at = start_here();
  auto plan = query();
  return command(AlterViewQuery{std::move(name), std::move(plan), text_from(at)}, start);
}

PlanPtr Grammar::alter_table(std::size_t start) {
  auto name = object_name();
  if (is(Keyword::kPartition) && is(TokenKind::kLeftParen, 1)) {
    auto partition = partition_spec();
    if (accept({Keyword::kRename, Keyword::kTo})) {
      if (!is(Keyword::kPartition)) { fail_here(); }
      return command(RenamePartition{std::move(name), std::move(partition), partition_spec()}, start);
    }
    expect(Keyword::kSet);
    if (accept(Keyword::kLocation)) {
      return command(SetTableLocation{std::move(name), std::move(partition), string_literal()}, start);
    }
    SetTableSerde node{std::move(name), std::move(partition), std::nullopt, {}};
    if (accept(Keyword::kSerde)) {
      node.serde = string_literal();
      if (accept({Keyword::kWith, Keyword::kSerdeproperties})) { node.properties = properties(); }
    } else {
      expect(Keyword::kSerdeproperties);
      node.properties = properties();
    }
    return command(std::move(node), start);
  }
  if (accept({Keyword::kRename, Keyword::kTo})) {
    return command(RenameTable{std::move(name), multipart_name(), false}, start);
  }
  if (accept({Keyword::kRename, Keyword::kColumn})) {
    auto column = multipart_name();
    expect(Keyword::kTo);
    return command(RenameColumn{std::move(name), std::move(column), identifier()}, start);
  }
  if (accept({Keyword::kRecover, Keyword::kPartitions})) { return command(RepairTable{std::move(name)}, start); }
  if (accept({Keyword::kDefault, Keyword::kCollation})) {
    return command(SetTableCollation{std::move(name), joined(multipart_name())}, start);
  }
  if (accept({Keyword::kCluster, Keyword::kBy})) {
    AlterClustering node{std::move(name), {}};
    if (!accept(Keyword::kNone)) {
      expect(TokenKind::kLeftParen);
      do { node.columns.push_back(multipart_name()); } while (accept(TokenKind::kComma));
      expect(TokenKind::kRightParen);
    }
    return command(std::move(node), start);
  }
  if (accept(Keyword::kAdd)) {
    if (accept(Keyword::kConstraint)) {
      auto constraint_name = identifier();
      return command(AddConstraint{std::move(name), constraint(std::move(constraint_name))}, start);
    }
    if (is_any({Keyword::kCheck, Keyword::kPrimary, Keyword::kUnique, Keyword::kForeign})) {
      return command(AddConstraint{std::move(name), constraint("")}, start);
    }
    if (accept(Keyword::kColumn) || accept(Keyword::kColumns)) {
      AddColumns node{std::move(name), {}, if_not_exists()};
      const bool in_parens = accept(TokenKind::kLeftParen);
      do { node.columns.push_back(column_definition(true)); } while (accept(TokenKind::kComma));
      if (in_parens) { expect(TokenKind::kRightParen); }
      return command(std::move(node), start);
    }
    AddPartitions node{std::move(name), {}, if_not_exists()};
    if (!is(Keyword::kPartition)) { fail_here(); }
    while (is(Keyword::kPartition)) {
      PartitionLocation one{partition_spec(), std::nullopt};
      if (accept(Keyword::kLocation)) { one.location = string_literal(); }
      node.partitions.push_back(std::move(one));
      accept(TokenKind::kComma);
    }
    return command(std::move(node), start);
  }
  if (accept(Keyword::kDrop)) {
    if (accept(Keyword::kConstraint)) {
      DropConstraint node;
      node.table = std::move(name);
      node.if_exists = if_exists();
      node.name = identifier();
      node.cascade = accept(Keyword::kCascade);
      if (!node.cascade) { accept(Keyword::kRestrict); }
      return command(std::move(node), start);
    }
    if (accept(Keyword::kColumn) || accept(Keyword::kColumns)) {
      DropColumns node;
      node.table = std::move(name);
      node.if_exists = if_exists();
      const bool in_parens = accept(TokenKind::kLeftParen);
      do { node.columns.push_back(multipart_name()); } while (accept(TokenKind::kComma));
      if (in_parens) { expect(TokenKind::kRightParen); }
      return command(std::move(node), start);
    }
    DropPartitions node;
    node.table = std::move(name);
    node.if_exists = if_exists();
    if (!is(Keyword::kPartition)) { fail_here(); }
    do {
      if (!is(Keyword::kPartition)) { fail_here(); }
      node.partitions.push_back(partition_spec());
    } while (accept(TokenKind::kComma));
    node.purge = accept(Keyword::kPurge);
    return command(std::move(node), start);
  }
  if (accept({Keyword::kReplace, Keyword::kColumns})) {
    ReplaceColumns node;
    node.table = std::move(name);
    expect(TokenKind::kLeftParen);
    do { node.columns.push_back(column_definition(true)); } while (accept(TokenKind::kComma));
    expect(TokenKind::kRightParen);
    return command(std::move(node), start);
  }
  if (is_any({Keyword::kAlter, Keyword::kChange})) { return alter_columns(std::move(name), start); }
  if (accept(Keyword::kUnset)) {
    expect(Keyword::kTblproperties);
    UnsetTableProperties node{std::move(name), {}, if_exists(), false};
    expect(TokenKind::kLeftParen);
    do { node.keys.push_back(property_key()); } while (accept(TokenKind::kComma));
    expect(TokenKind::kRightParen);
    return command(std::move(node), start);
  }
  if (!is(Keyword::kSet)) { fail_here(); }
  take();
  if (accept(Keyword::kTblproperties)) {
    return command(SetTableProperties{std::move(name), properties(), false}, start);
  }
  if (accept(Keyword::kLocation)) { return command(SetTableLocation{std::move(name), {}, string_literal()}, start); }
  SetTableSerde node{std::move(name), {}, std::nullopt, {}};
  if (accept(Keyword::kSerde)) {
    node.serde = string_literal();
    if (accept({Keyword::kWith, Keyword::kSerdeproperties})) { node.properties = properties(); }
  } else {
    expect(Keyword::kSerdeproperties);
    node.properties = properties();
  }
  return command(std::move(node), start);
}

/// ALTER COLUMN a ..., b ..., or Hive's CHANGE [COLUMN] a a type.
PlanPtr Grammar::alter_columns(ObjectName table, std::size_t start) {
  AlterColumns node;
  node.table = std::move(table);
  const bool is_change = take().keyword == Keyword::kChange;
  const bool has_column = accept(Keyword::kColumn);
  if (!is_change && !has_column) { expect(Keyword::kColumn); }
  const bool hive_form =
      is_change && is_identifier() && is_identifier(1) && is_identifier(2) &&
      !is_any({Keyword::kType, Keyword::kComment, Keyword::kFirst, Keyword::kAfter, Keyword::kSet, Keyword::kDrop}, 1);
  if (hive_form) {
    ColumnChange change;
    change.column = multipart_name();
    auto column = column_definition(true);
    if (column.name != change.column) {
      fail("_LEGACY_ERROR_TEMP_0034",
           {{"operation", "Renaming column"},
            {"command", "ALTER COLUMN"},
            {"msg", ", please run RENAME COLUMN instead"}},
           origin_from(start));
    }
    change.type = column.type;
    change.comment = column.comment;
    change.position = column.position;
    node.changes.push_back(std::move(change));
    return command(std::move(node), start);
  }
  do {
    ColumnChange change;
    change.column = multipart_name();
    if (accept(Keyword::kType)) {
      change.type = type();
    } else if (accept(Keyword::kComment)) {
      change.comment = string_literal();
    } else if (accept(Keyword::kFirst)) {
      change.position = ColumnPosition{true, ""};
    } else if (accept(Keyword::kAfter)) {
      change.position = ColumnPosition{false, identifier()};
    } else if (accept({Keyword::kSet, Keyword::kNot, Keyword::kNull})) {
      change.nullable = false;
    } else if (accept({Keyword::kDrop, Keyword::kNot, Keyword::kNull})) {
      change.nullable = true;
    } else if (accept({Keyword::kSet, Keyword::kDefault})) {
      const std::size_t at = start_here();
      change.default_value = expression();
      change.default_text = text_from(at);
    } else if (accept({Keyword::kDrop, Keyword::kDefault})) {
      change.drop_default = true;
    } else {
      fail_here();
    }
    node.changes.push_back(std::move(change));
  } while (accept(TokenKind::kComma));
  return command(std::move(node), start);
}

PlanPtr Grammar::drop() {
  const std::size_t start = start_here();
  reject_unsupported();
  take();
  if (accept(Keyword::kTable)) {
    DropTable node;
    node.if_exists = if_exists();
    node.name = object_name();
    node.purge = accept(Keyword::kPurge);
    return command(std::move(node), start);
  }
  if (accept(Keyword::kView)) {
    DropView node;
    node.if_exists = if_exists();
    node.name = object_name();
    return command(std::move(node), start);
  }
  if (accept(Keyword::kDatabase) || accept(Keyword::kSchema) || accept(Keyword::kNamespace)) {
    DropDatabase node;
    node.if_exists = if_exists();
    node.name = object_name();
    node.cascade = accept(Keyword::kCascade);
    if (!node.cascade) { accept(Keyword::kRestrict); }
    return command(std::move(node), start);
  }
  const bool is_temporary = accept(Keyword::kTemporary) || accept(Keyword::kTemp);
  if (accept(Keyword::kFunction)) {
    DropFunction node;
    node.is_temporary = is_temporary;
    node.if_exists = if_exists();
    node.name = object_name();
    return command(std::move(node), start);
  }
  if (is_temporary && (accept(Keyword::kVariable) || accept(Keyword::kVar))) {
    DropVariable node;
    node.if_exists = if_exists();
    node.name = object_name();
    return command(std::move(node), start);
  }
  fail_here();
}

}  // namespace hammerscale::sql
