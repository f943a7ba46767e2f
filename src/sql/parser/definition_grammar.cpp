#include "sql/parser/grammar.hpp"

namespace hammerscale::sql {

PlanPtr Grammar::create_database(std::size_t start) {
  take();
  CreateDatabase node;
  node.if_not_exists = if_not_exists();
  node.name = object_name();
  bool has_properties = false;
  const auto once = [&](bool is_there, const char* clause) {
    if (is_there) { fail("DUPLICATE_CLAUSES", {{"clauseName", clause}}, origin_from(start)); }
  };
  while (true) {
    if (accept(Keyword::kComment)) {
      once(node.comment.has_value(), "COMMENT");
      node.comment = string_literal();
    } else if (accept(Keyword::kLocation)) {
      once(node.location.has_value(), "LOCATION");
      node.location = string_literal();
    } else if (accept({Keyword::kDefault, Keyword::kCollation})) {
      node.collation = identifier();
    } else if (accept(Keyword::kWith)) {
      once(has_properties, "PROPERTIES or DBPROPERTIES");
      if (!accept(Keyword::kDbproperties)) { expect(Keyword::kProperties); }
      node.properties = properties();
      has_properties = true;
    } else {
      return command(std::move(node), start);
    }
  }
}

/// WITH SCHEMA BINDING | COMPENSATION | TYPE EVOLUTION | EVOLUTION.
ViewSchemaMode Grammar::view_schema_mode() {
  expect({Keyword::kWith, Keyword::kSchema});
  if (accept(Keyword::kBinding)) { return ViewSchemaMode::kBinding; }
  if (accept(Keyword::kCompensation)) { return ViewSchemaMode::kCompensation; }
  if (accept(Keyword::kType)) {
    expect(Keyword::kEvolution);
    return ViewSchemaMode::kTypeEvolution;
  }
  expect(Keyword::kEvolution);
  return ViewSchemaMode::kEvolution;
}

PlanPtr Grammar::create_view(std::size_t start, ViewScope scope, bool or_replace) {
  expect(Keyword::kView);
  CreateView node;
  node.scope = scope;
  node.or_replace = or_replace;
  node.if_not_exists = if_not_exists();
  node.name = object_name();
  const auto joined_name = [&] {
    std::string text;
    for (const auto& part : node.name.parts) { text += (text.empty() ? "" : ".") + part; }
    return text;
  };
  if (node.if_not_exists && or_replace) {
    fail("CREATE_VIEW_WITH_IF_NOT_EXISTS_AND_REPLACE", {{"viewName", joined_name()}}, origin_from(start));
  }
  if (is(TokenKind::kLeftParen) && scope != ViewScope::kPersistent && is_identifier(1) && is_identifier(2) &&
      !is(Keyword::kComment, 2)) {
    CreateViewUsing view{std::move(node.name), scope, or_replace, {}, "", {}};
    std::vector<TableConstraint> constraints;
    table_elements(view.columns, constraints);
    expect(Keyword::kUsing);
    for (const auto& part : multipart_name()) { view.provider += (view.provider.empty() ? "" : ".") + part; }
    if (accept(Keyword::kOptions)) { view.options = properties(); }
    return command(std::move(view), start);
  }
  if (is(Keyword::kUsing) && scope != ViewScope::kPersistent) {
    take();
    CreateViewUsing view{std::move(node.name), scope, or_replace, {}, "", {}};
    for (const auto& part : multipart_name()) { view.provider += (view.provider.empty() ? "" : ".") + part; }
    if (accept(Keyword::kOptions)) { view.options = properties(); }
    return command(std::move(view), start);
  }
  if (accept(TokenKind::kLeftParen)) {
    do {
      ViewColumn column{identifier(), std::nullopt};
      if (accept(Keyword::kComment)) { column.comment = string_literal(); }
      node.columns.push_back(std::move(column));
    } while (accept(TokenKind::kComma));
    expect(TokenKind::kRightParen);
  }
  bool has_properties = false;
  while (!accept(Keyword::kAs)) {
    const std::size_t at = start_here();
    const auto once = [&](bool is_there, const char* clause) {
      if (is_there) { fail("DUPLICATE_CLAUSES", {{"clauseName", clause}}, origin_from(at)); }
    };
    if (accept(Keyword::kComment)) {
      once(node.comment.has_value(), "COMMENT");
      node.comment = string_literal();
    } else if (is(Keyword::kWith) && is(Keyword::kSchema, 1)) {
      node.schema_mode = view_schema_mode();
      if (scope != ViewScope::kPersistent) {
        fail("UNSUPPORTED_FEATURE.TEMPORARY_VIEW_WITH_SCHEMA_BINDING_MODE", {}, origin_from(start));
      }
    } else if (accept({Keyword::kDefault, Keyword::kCollation})) {
      node.collation = identifier();
    } else if (accept(Keyword::kTblproperties)) {
      once(has_properties, "TBLPROPERTIES");
      has_properties = true;
      node.properties = properties();
      if (scope != ViewScope::kPersistent) {
        fail_not_allowed("TBLPROPERTIES can't coexist with CREATE TEMPORARY VIEW", start);
      }
    } else if (is(Keyword::kWith) && is(Keyword::kMetrics, 1)) {
      fail_not_allowed("CREATE VIEW ... WITH METRICS", start);
    } else {
      fail_here();
    }
  }
  const std::size_t at = start_here();
  node.query = query();
  node.text = text_from(at);
  if (scope != ViewScope::kPersistent && node.if_not_exists) {
    fail("DEFINE_TEMP_VIEW_WITH_IF_NOT_EXISTS", {}, origin_from(start));
  }
  return command(std::move(node), start);
}

PlanPtr Grammar::create_function(std::size_t start, bool is_temporary, bool or_replace) {
  expect(Keyword::kFunction);
  const bool if_none = if_not_exists();
  auto name = object_name();
  if (if_none && or_replace) {
    fail("INVALID_SQL_SYNTAX.CREATE_ROUTINE_WITH_IF_NOT_EXISTS_AND_REPLACE", {}, origin_from(start));
  }
  if (if_none && is_temporary) {
    fail("INVALID_SQL_SYNTAX.CREATE_TEMP_FUNC_WITH_IF_NOT_EXISTS", {}, origin_from(start));
  }
  if (accept(Keyword::kAs)) {
    CreateExternalFunction node{std::move(name), is_temporary, or_replace, if_none, string_literal(), {}};
    if (accept(Keyword::kUsing)) {
      do {
        auto kind = identifier();
        auto path = string_literal();
        node.resources.emplace_back(std::move(kind), std::move(path));
      } while (accept(TokenKind::kComma));
    }
    return command(std::move(node), start);
  }
  CreateSqlFunction node;
  node.name = std::move(name);
  node.is_temporary = is_temporary;
  node.or_replace = or_replace;
  node.if_not_exists = if_none;
  expect(TokenKind::kLeftParen);
  if (!is(TokenKind::kRightParen)) {
    do { node.parameters.push_back(column_definition(false)); } while (accept(TokenKind::kComma));
  }
  expect(TokenKind::kRightParen);
  if (accept(Keyword::kReturns)) {
    if (accept(Keyword::kTable)) {
      node.is_table = true;
      if (accept(TokenKind::kLeftParen)) {
        do { node.return_columns.push_back(column_definition(false)); } while (accept(TokenKind::kComma));
        expect(TokenKind::kRightParen);
      }
    } else {
      node.return_type = type();
    }
  }
  while (!accept(Keyword::kReturn)) {
    if (accept(Keyword::kLanguage)) {
      node.language = identifier();
    } else if (accept(Keyword::kDeterministic)) {
      node.is_deterministic = true;
    } else if (accept({Keyword::kNot, Keyword::kDeterministic})) {
      node.is_deterministic = false;
    } else if (accept(Keyword::kComment)) {
      node.comment = string_literal();
    } else if (accept({Keyword::kContains, Keyword::kSql})) {
      node.reads_data = false;
    } else if (accept({Keyword::kReads, Keyword::kSql, Keyword::kData})) {
      node.reads_data = true;
    } else if (accept({Keyword::kSql, Keyword::kSecurity})) {
      if (!accept(Keyword::kDefiner)) { expect(Keyword::kInvoker); }
    } else {
      fail_here();
    }
  }
  const std::size_t at = start_here();
  if (starts_query()) {
    node.query = query();
  } else {
    node.body = expression();
  }
  node.text = text_from(at);
  return command(std::move(node), start);
}

/// DECLARE [OR REPLACE] [VARIABLE] names [type] [DEFAULT value | = value].
PlanPtr Grammar::declare_variable() {
  const std::size_t start = start_here();
  take();
  DeclareVariable node;
  node.or_replace = accept({Keyword::kOr, Keyword::kReplace});
  const bool has_word = is_any({Keyword::kVariable, Keyword::kVar}) && is_identifier(1);
  if (has_word) { take(); }
  const std::size_t names_start = start_here();
  do { node.names.push_back(object_name()); } while (accept(TokenKind::kComma));
  if (is_identifier() && !is(Keyword::kDefault)) { node.type = type(); }
  if (accept(Keyword::kDefault) || accept(TokenKind::kEqual)) {
    const std::size_t at = start_here();
    node.default_value = expression();
    node.default_text = text_from(at);
  }
  if (!node.type && node.default_value == nullptr) {
    fail("INVALID_SQL_SYNTAX.VARIABLE_TYPE_OR_DEFAULT_REQUIRED", {}, origin_from(names_start));
  }
  return command(std::move(node), start);
}

}  // namespace hammerscale::sql
