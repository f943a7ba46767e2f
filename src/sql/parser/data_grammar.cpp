#include "sql/parser/grammar.hpp"

namespace hammerscale::sql {

/// PARTITION (a = 1, b), where it stands.
PartitionSpec Grammar::partition_spec() {
  PartitionSpec spec;
  if (!is(Keyword::kPartition) || !is(TokenKind::kLeftParen, 1)) { return spec; }
  take();
  take();
  do {
    auto name = identifier();
    ExpressionPtr value;
    if (accept(TokenKind::kEqual)) { value = expression(); }
    spec.emplace_back(std::move(name), std::move(value));
  } while (accept(TokenKind::kComma));
  expect(TokenKind::kRightParen);
  return spec;
}

/// The query of an INSERT. With a source, `FROM source INSERT INTO t SELECT ...`: the SELECT has no FROM of its own.
PlanPtr Grammar::insert_query(PlanPtr source) {
  if (source == nullptr) { return query(); }
  if (is(Keyword::kSelect)) { return organisation(select_after_from(std::move(source))); }
  return query();
}

PlanPtr Grammar::insert_into(PlanPtr source) {
  const std::size_t start = start_here();
  expect(Keyword::kInsert);
  bool with_schema_evolution = accept({Keyword::kWith, Keyword::kSchema, Keyword::kEvolution});
  const bool overwrite = accept(Keyword::kOverwrite);
  if (!overwrite) { expect(Keyword::kInto); }
  const bool is_directory =
      overwrite && (is(Keyword::kDirectory) || (is(Keyword::kLocal) && is(Keyword::kDirectory, 1)));
  if (is_directory && (is_string(1) || is(Keyword::kUsing, 1) || is(Keyword::kDirectory, 1))) {
    InsertDirectory node;
    node.is_local = accept(Keyword::kLocal);
    expect(Keyword::kDirectory);
    if (is_string()) { node.path = string_literal(); }
    if (accept(Keyword::kUsing)) {
      auto provider = multipart_name();
      std::string joined;
      for (const auto& part : provider) { joined += (joined.empty() ? "" : ".") + part; }
      node.provider = std::move(joined);
      if (accept(Keyword::kOptions)) { node.options = properties(); }
    } else {
      HiveFormat format;
      if (is(Keyword::kRow)) { hive_row_format(format); }
      if (is(Keyword::kStored)) { hive_stored_as(format); }
      node.hive = std::move(format);
    }
    if (node.path && node.provider) {
      for (const auto& [key, value] : node.options) {
        if (key == "path") { fail("_LEGACY_ERROR_TEMP_0049", {}, origin_from(start)); }
      }
    }
    node.query = insert_query(std::move(source));
    return command(std::move(node), start);
  }
  InsertInto node;
  node.overwrite = overwrite;
  if (is(Keyword::kTable) && (is_identifier(1))) { take(); }
  node.table = object_name();
  if (is(Keyword::kWith) && is(TokenKind::kLeftParen, 1)) {
    take();
    node.options = properties();
  }
  if (accept({Keyword::kWith, Keyword::kSchema, Keyword::kEvolution})) { with_schema_evolution = true; }
  node.with_schema_evolution = with_schema_evolution;
  node.partition = partition_spec();
  if (if_not_exists()) {
    if (!overwrite) { fail_not_allowed("INSERT INTO ... IF NOT EXISTS", start); }
    node.if_partition_not_exists = true;
  }
  if (accept({Keyword::kBy, Keyword::kName})) {
    node.by_name = true;
  } else if (is(TokenKind::kLeftParen) && !starts_query(1) && is_identifier(1) &&
             (is(TokenKind::kComma, 2) || is(TokenKind::kRightParen, 2))) {
    node.columns = identifier_list_in_parens();
  }
  if (!overwrite && is(Keyword::kReplace)) {
    take();
    if (accept(Keyword::kUsing)) {
      node.replace_using = identifier_list_in_parens();
    } else {
      if (!accept(Keyword::kOn)) { expect(Keyword::kWhere); }
      node.replace_where = expression();
    }
  }
  node.query = insert_query(std::move(source));
  return command(std::move(node), start);
}

/// FROM relation INSERT ... INSERT ...; the relation has been read.
PlanPtr Grammar::multi_insert(PlanPtr source, std::size_t start) {
  MultiInsert node;
  while (is(Keyword::kInsert)) { node.inserts.push_back(insert_into(source)); }
  if (node.inserts.size() == 1) { return node.inserts[0]; }
  return command(std::move(node), start);
}

PlanPtr Grammar::load_data() {
  const std::size_t start = start_here();
  take();
  expect(Keyword::kData);
  LoadData node;
  node.is_local = accept(Keyword::kLocal);
  expect(Keyword::kInpath);
  node.path = string_literal();
  node.overwrite = accept(Keyword::kOverwrite);
  expect({Keyword::kInto, Keyword::kTable});
  node.table = object_name();
  node.partition = partition_spec();
  return command(std::move(node), start);
}

/// A table with its alias, as DELETE, UPDATE and MERGE name it.
PlanPtr Grammar::target_table() {
  const std::size_t start = start_here();
  UnresolvedRelation relation;
  auto name = object_name();
  relation.name = std::move(name.parts);
  relation.identifier = std::move(name.identifier);
  return alias_of(make_plan(std::move(relation), origin_from(start)));
}

PlanPtr Grammar::delete_from() {
  const std::size_t start = start_here();
  take();
  expect(Keyword::kFrom);
  DeleteFrom node;
  node.table = target_table();
  if (accept(Keyword::kWhere)) { node.condition = expression(); }
  return command(std::move(node), start);
}

std::vector<Assignment> Grammar::assignments() {
  std::vector<Assignment> list;
  do {
    Assignment assignment;
    assignment.column = multipart_name();
    expect(TokenKind::kEqual);
    assignment.value = expression();
    list.push_back(std::move(assignment));
  } while (accept(TokenKind::kComma));
  return list;
}

PlanPtr Grammar::update() {
  const std::size_t start = start_here();
  take();
  UpdateTable node;
  node.table = target_table();
  expect(Keyword::kSet);
  node.assignments = assignments();
  if (accept(Keyword::kWhere)) { node.condition = expression(); }
  return command(std::move(node), start);
}

/// [AND condition] THEN action.
MergeAction Grammar::merge_action(bool is_insert) {
  MergeAction action;
  if (accept(Keyword::kAnd)) { action.condition = expression(); }
  expect(Keyword::kThen);
  if (is_insert) {
    expect(Keyword::kInsert);
    if (accept(TokenKind::kStar)) {
      action.kind = MergeActionKind::kInsertAll;
      return action;
    }
    action.kind = MergeActionKind::kInsert;
    const std::size_t start = start_here();
    std::vector<NameParts> columns;
    expect(TokenKind::kLeftParen);
    do { columns.push_back(multipart_name()); } while (accept(TokenKind::kComma));
    expect(TokenKind::kRightParen);
    expect(Keyword::kValues);
    expect(TokenKind::kLeftParen);
    auto values = expression_list();
    expect(TokenKind::kRightParen);
    if (columns.size() != values.size()) { fail("MERGE_INSERT_VALUE_COUNT_MISMATCH", {}, origin_from(start)); }
    for (std::size_t i = 0; i < columns.size(); ++i) {
      action.assignments.push_back({std::move(columns[i]), std::move(values[i])});
    }
    return action;
  }
  if (accept(Keyword::kDelete)) {
    action.kind = MergeActionKind::kDelete;
    return action;
  }
  if (!is(Keyword::kUpdate)) { fail_here(); }
  take();
  expect(Keyword::kSet);
  if (accept(TokenKind::kStar)) {
    action.kind = MergeActionKind::kUpdateAll;
  } else {
    action.assignments = assignments();
  }
  return action;
}

PlanPtr Grammar::merge() {
  const std::size_t start = start_here();
  take();
  MergeInto node;
  node.with_schema_evolution = accept({Keyword::kWith, Keyword::kSchema, Keyword::kEvolution});
  expect(Keyword::kInto);
  node.target = target_table();
  expect(Keyword::kUsing);
  if (is(TokenKind::kLeftParen)) {
    take();
    auto plan = query();
    expect(TokenKind::kRightParen);
    node.source = alias_of(std::move(plan));
  } else {
    node.source = target_table();
  }
  expect(Keyword::kOn);
  node.condition = expression();
  while (accept(Keyword::kWhen)) {
    if (accept(Keyword::kMatched)) {
      node.matched.push_back(merge_action(false));
      continue;
    }
    expect({Keyword::kNot, Keyword::kMatched});
    if (accept({Keyword::kBy, Keyword::kSource})) {
      node.not_matched_by_source.push_back(merge_action(false));
    } else {
      if (accept(Keyword::kBy)) { expect(Keyword::kTarget); }
      node.not_matched.push_back(merge_action(true));
    }
  }
  if (node.matched.empty() && node.not_matched.empty() && node.not_matched_by_source.empty()) {
    fail("MERGE_WITHOUT_WHEN", {}, origin_from(start));
  }
  // A branch without a condition takes every row, so the ones behind it would never be reached.
  const auto check_last = [&](const std::vector<MergeAction>& actions, std::string_view condition) {
    for (std::size_t i = 0; i + 1 < actions.size(); ++i) {
      if (actions[i].condition == nullptr) { fail(condition, {}, origin_from(start)); }
    }
  };
  check_last(node.matched, "NON_LAST_MATCHED_CLAUSE_OMIT_CONDITION");
  check_last(node.not_matched, "NON_LAST_NOT_MATCHED_BY_TARGET_CLAUSE_OMIT_CONDITION");
  check_last(node.not_matched_by_source, "NON_LAST_NOT_MATCHED_BY_SOURCE_CLAUSE_OMIT_CONDITION");
  return command(std::move(node), start);
}

}  // namespace hammerscale::sql
