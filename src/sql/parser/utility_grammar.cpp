#include <array>

#include "sql/parser/grammar.hpp"

namespace hammerscale::sql {

namespace {

std::string_view trim(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') { text.remove_prefix(1); }
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') { text.remove_suffix(1); }
  return text;
}

/// A setting's key or value, which back quotes may enclose.
std::string unquote(std::string_view text) {
  if (text.size() < 2 || text.front() != '`' || text.back() != '`') { return std::string(text); }
  std::string out;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    out += text[i];
    if (text[i] == '`') { ++i; }
  }
  return out;
}

bool is_plain_key(std::string_view key) {
  if (key.empty()) { return false; }
  if (key.front() == '`') { return key.size() > 2 && key.back() == '`'; }
  for (const char c : key) {
    const bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                      c == '.' || c == ':' || c == '-' || c == '/';
    if (!fine) { return false; }
  }
  return true;
}

/// Statements of Hive that are no part of the language, as the words they begin with.
constexpr std::array kUnsupported{std::string_view{"CREATE ROLE"},
                                  std::string_view{"DROP ROLE"},
                                  std::string_view{"GRANT"},
                                  std::string_view{"REVOKE"},
                                  std::string_view{"SHOW GRANT"},
                                  std::string_view{"SHOW ROLE GRANT"},
                                  std::string_view{"SHOW PRINCIPALS"},
                                  std::string_view{"SHOW ROLES"},
                                  std::string_view{"SHOW CURRENT ROLES"},
                                  std::string_view{"EXPORT TABLE"},
                                  std::string_view{"IMPORT TABLE"},
                                  std::string_view{"SHOW COMPACTIONS"},
                                  std::string_view{"SHOW TRANSACTIONS"},
                                  std::string_view{"SHOW INDEXES"},
                                  std::string_view{"SHOW LOCKS"},
                                  std::string_view{"ALTER INDEX"},
                                  std::string_view{"LOCK TABLE"},
                                  std::string_view{"LOCK DATABASE"},
                                  std::string_view{"UNLOCK TABLE"},
                                  std::string_view{"UNLOCK DATABASE"},
                                  std::string_view{"CREATE TEMPORARY MACRO"},
                                  std::string_view{"DROP TEMPORARY MACRO"},
                                  std::string_view{"START TRANSACTION"},
                                  std::string_view{"COMMIT"},
                                  std::string_view{"ROLLBACK"},
                                  std::string_view{"DFS"},
                                  std::string_view{"SET ROLE"}};

/// The same below ALTER TABLE name [PARTITION (...)].
constexpr std::array kUnsupportedAlterations{std::string_view{"NOT CLUSTERED"},
                                             std::string_view{"CLUSTERED BY"},
                                             std::string_view{"NOT SORTED"},
                                             std::string_view{"SKEWED BY"},
                                             std::string_view{"NOT SKEWED"},
                                             std::string_view{"NOT STORED AS DIRECTORIES"},
                                             std::string_view{"SET SKEWED LOCATION"},
                                             std::string_view{"EXCHANGE PARTITION"},
                                             std::string_view{"ARCHIVE PARTITION"},
                                             std::string_view{"UNARCHIVE PARTITION"},
                                             std::string_view{"TOUCH"},
                                             std::string_view{"COMPACT"},
                                             std::string_view{"CONCATENATE"},
                                             std::string_view{"SET FILEFORMAT"}};

}  // namespace

/// Raises the error of a statement that only Hive has, where one begins.
void Grammar::reject_unsupported() {
  const auto begins = [&](std::string_view words, std::size_t ahead) {
    while (!words.empty()) {
      const auto space = words.find(' ');
      if (!is_word(words.substr(0, space), ahead++)) { return false; }
      words = space == std::string_view::npos ? std::string_view{} : words.substr(space + 1);
    }
    return true;
  };
  const std::size_t start = start_here();
  const auto reject = [&](std::string operation) {
    while (!at_end()) { take(); }
    fail("INVALID_STATEMENT_OR_CLAUSE", {{"operation", std::move(operation)}}, origin_from(start));
  };
  for (const auto words : kUnsupported) {
    if (begins(words, 0)) { reject(std::string(words)); }
  }
  if (!begins("ALTER TABLE", 0)) { return; }
  std::size_t ahead = 3;
  while (is(TokenKind::kDot, ahead)) { ahead += 2; }
  if (is(Keyword::kPartition, ahead) && is(TokenKind::kLeftParen, ahead + 1)) {
    while (!is(TokenKind::kRightParen, ahead) && !is(TokenKind::kEnd, ahead)) { ++ahead; }
    ++ahead;
  }
  for (const auto words : kUnsupportedAlterations) {
    if (begins(words, ahead)) { reject("ALTER TABLE " + std::string(words)); }
  }
}

/// Everything up to the end of the statement, as it was written.
std::string Grammar::rest_of_statement() {
  const std::size_t start = at_end() ? text_.size() : start_here();
  std::size_t stop = start;
  while (!at_end()) {
    // A semicolon with nothing but semicolons behind it ends the statement; others belong to the text.
    if (is(TokenKind::kSemicolon)) {
      std::size_t ahead = 1;
      while (is(TokenKind::kSemicolon, ahead)) { ++ahead; }
      if (is(TokenKind::kEnd, ahead)) { break; }
    }
    stop = take().stop;
  }
  return std::string(text_.substr(start, stop - start));
}

PlanPtr Grammar::set() {
  const std::size_t start = start_here();
  reject_unsupported();
  take();
  if (is(Keyword::kTime) && is(Keyword::kZone, 1)) {
    take();
    take();
    SetTimeZone node;
    if (is(Keyword::kInterval)) {
      if (!starts_interval()) { fail_here(); }
      node.interval = interval();
      const auto* literal = node.interval->get_if<Literal>();
      if (literal != nullptr && literal->type.id() != TypeId::kDayTimeInterval) {
        fail("_LEGACY_ERROR_TEMP_0045", {}, origin_from(start));
      }
    } else if (is_string()) {
      node.text = string_literal();
    } else if (!accept(Keyword::kLocal)) {
      while (!at_end()) { take(); }
      fail("_LEGACY_ERROR_TEMP_0045", {}, origin_from(start));
    }
    return command(std::move(node), start);
  }
  if (is(Keyword::kCatalog) && (is_identifier(1) || is_string(1))) {
    take();
    SetCatalog node;
    if (is_string()) {
      node.name.parts.push_back(string_literal());
    } else if (is(Keyword::kIdentifier) && is(TokenKind::kLeftParen, 1)) {
      node.name = object_name();
    } else {
      node.name.parts.push_back(identifier());
    }
    return command(std::move(node), start);
  }
  if (is_any({Keyword::kVariable, Keyword::kVar}) && (is_identifier(1) || is(TokenKind::kLeftParen, 1))) {
    take();
    SetVariable node;
    if (accept(TokenKind::kLeftParen)) {
      do { node.names.push_back(object_name()); } while (accept(TokenKind::kComma));
      expect(TokenKind::kRightParen);
      expect(TokenKind::kEqual);
      expect(TokenKind::kLeftParen);
      node.query = query();
      expect(TokenKind::kRightParen);
    } else {
      do {
        node.names.push_back(object_name());
        expect(TokenKind::kEqual);
        node.values.push_back(expression());
      } while (accept(TokenKind::kComma));
    }
    return command(std::move(node), start);
  }
  const auto rest = rest_of_statement();
  const auto text = trim(rest);
  SetCommand node;
  if (text == "-v") {
    node.is_verbose = true;
    return command(std::move(node), start);
  }
  // The key may stand in back quotes, with an equals sign inside.
  const auto quote_end = !text.empty() && text.front() == '`' ? text.find('`', 1) : 0;
  const auto equals = quote_end == std::string_view::npos ? quote_end : text.find('=', quote_end);
  const auto key = trim(text.substr(0, equals));
  if (!text.empty() && !is_plain_key(key)) { fail("INVALID_SET_SYNTAX", {}, origin_from(start)); }
  node.key = unquote(key);
  if (equals != std::string_view::npos) { node.value = unquote(trim(text.substr(equals + 1))); }
  return command(std::move(node), start);
}

PlanPtr Grammar::reset() {
  const std::size_t start = start_here();
  take();
  const auto rest = rest_of_statement();
  const auto key = trim(rest);
  if (!key.empty() && !is_plain_key(key)) { fail("INVALID_RESET_COMMAND_FORMAT", {}, origin_from(start)); }
  SetCommand node;
  node.key = unquote(key);
  node.is_reset = true;
  return command(std::move(node), start);
}

/// [LIKE] 'pattern'.
ShowPattern Grammar::show_pattern(bool with_bare_string) {
  if (accept(Keyword::kLike)) { return string_literal(); }
  if (with_bare_string && is_string()) { return string_literal(); }
  return std::nullopt;
}

/// (FROM | IN) name.
ObjectName Grammar::optional_parent() {
  if (accept(Keyword::kFrom) || accept(Keyword::kIn)) { return object_name(); }
  return {};
}

PlanPtr Grammar::show() {
  const std::size_t start = start_here();
  reject_unsupported();
  take();
  if (accept(Keyword::kCatalogs)) { return command(ShowCatalogs{show_pattern()}, start); }
  if (accept(Keyword::kDatabases) || accept(Keyword::kSchemas) || accept(Keyword::kNamespaces)) {
    ShowDatabases node;
    node.parent = optional_parent();
    node.pattern = show_pattern();
    return command(std::move(node), start);
  }
  if (accept(Keyword::kTables)) {
    ShowTables node;
    node.database = optional_parent();
    node.pattern = show_pattern();
    return command(std::move(node), start);
  }
  if (accept({Keyword::kTable, Keyword::kExtended})) {
    ShowTables node;
    node.is_extended = true;
    node.database = optional_parent();
    expect(Keyword::kLike);
    node.pattern = string_literal();
    node.partition = partition_spec();
    return command(std::move(node), start);
  }
  if (accept(Keyword::kViews)) {
    ShowViews node;
    node.database = optional_parent();
    node.pattern = show_pattern();
    return command(std::move(node), start);
  }
  if (accept(Keyword::kColumns)) {
    ShowColumns node;
    if (!accept(Keyword::kFrom)) { expect(Keyword::kIn); }
    node.table = object_name();
    if (accept(Keyword::kFrom) || accept(Keyword::kIn)) { node.database = multipart_name(); }
    return command(std::move(node), start);
  }
  if (accept(Keyword::kPartitions)) {
    ShowPartitions node;
    node.table = object_name();
    node.partition = partition_spec();
    return command(std::move(node), start);
  }
  if (accept({Keyword::kCreate, Keyword::kTable})) {
    ShowCreateTable node;
    node.table = object_name();
    node.as_serde = accept({Keyword::kAs, Keyword::kSerde});
    return command(std::move(node), start);
  }
  if (accept(Keyword::kTblproperties)) {
    ShowTableProperties node;
    node.table = object_name();
    if (accept(TokenKind::kLeftParen)) {
      node.key = property_key();
      expect(TokenKind::kRightParen);
    }
    return command(std::move(node), start);
  }
  if (is(Keyword::kCurrent) && is_any({Keyword::kDatabase, Keyword::kSchema, Keyword::kNamespace}, 1)) {
    take();
    take();
    return command(ShowCurrentDatabase{}, start);
  }
  if (accept(Keyword::kProcedures)) { return command(ShowProcedures{optional_parent()}, start); }
  if (accept(Keyword::kCollations)) { return command(ShowCollations{show_pattern()}, start); }
  if (!is_identifier()) { fail_here(); }
  ShowFunctions node;
  if (!is(Keyword::kFunctions)) {
    const std::size_t scope_start = start_here();
    const auto scope = identifier();
    std::string lower;
    for (const char c : scope) { lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
    if (!is(Keyword::kFunctions)) { fail_at(peek(), at_end() ? ": missing 'FUNCTIONS'" : ""); }
    if (lower == "user") {
      node.scope = FunctionScope::kUser;
    } else if (lower == "system") {
      node.scope = FunctionScope::kSystem;
    } else if (lower != "all") {
      fail("INVALID_SQL_SYNTAX.SHOW_FUNCTIONS_INVALID_SCOPE", {{"scope", quote_identifier(lower)}},
           origin_from(scope_start));
    }
  }
  expect(Keyword::kFunctions);
  node.database = optional_parent();
  node.pattern = show_pattern();
  if (!node.pattern && is_identifier()) {
    // An old spelling without quotes: the function's name.
    std::string name;
    for (const auto& part : multipart_name()) { name += (name.empty() ? "" : ".") + part; }
    node.pattern = std::move(name);
  }
  return command(std::move(node), start);
}

PlanPtr Grammar::describe() {
  const std::size_t start = start_here();
  take();
  if (accept(Keyword::kFunction)) {
    DescribeFunction node;
    node.is_extended = is(Keyword::kExtended) && !is(TokenKind::kEnd, 1) && !is(TokenKind::kSemicolon, 1);
    if (node.is_extended) { take(); }
    if (is_string()) {
      node.name.parts.push_back(string_literal());
    } else if (is_identifier()) {
      node.name = object_name();
    } else {
      // An operator: everything up to the end.
      const auto name = rest_of_statement();
      if (name.empty()) { fail_here(); }
      node.name.parts.push_back(name);
    }
    return command(std::move(node), start);
  }
  if (accept(Keyword::kProcedure)) { return command(DescribeProcedure{object_name()}, start); }
  if (is_any({Keyword::kDatabase, Keyword::kSchema, Keyword::kNamespace}) && is_identifier(1)) {
    take();
    DescribeDatabase node;
    node.is_extended = is(Keyword::kExtended) && is_identifier(1);
    if (node.is_extended) { take(); }
    node.name = object_name();
    return command(std::move(node), start);
  }
  const bool has_query = is(Keyword::kQuery) && (starts_query(1) || is(TokenKind::kLeftParen, 1));
  if (has_query) { take(); }
  if (has_query || starts_query()) {
    // `DESCRIBE TABLE t` names a table; the TABLE statement is no part of this.
    if (!is(Keyword::kTable)) {
      const std::size_t at = start_here();
      DescribeQuery node;
      node.query = query();
      node.text = text_from(at);
      return command(std::move(node), start);
    }
  }
  if (is(Keyword::kTable) && is_identifier(1)) { take(); }
  DescribeTable node;
  node.is_extended = is_any({Keyword::kExtended, Keyword::kFormatted}) && is_identifier(1);
  if (node.is_extended) { take(); }
  node.name = object_name();
  node.partition = partition_spec();
  if (is_identifier() && !is(Keyword::kAs)) { node.column = multipart_name(); }
  if (accept(Keyword::kAs)) {
    expect(Keyword::kJson);
    node.as_json = true;
    if (!node.column.empty()) { fail("UNSUPPORTED_FEATURE.DESC_TABLE_COLUMN_JSON", {}, origin_from(start)); }
    if (!node.is_extended) {
      std::string name;
      for (const auto& part : node.name.parts) { name += (name.empty() ? "" : ".") + part; }
      fail("DESCRIBE_JSON_NOT_EXTENDED", {{"tableName", name}}, origin_from(start));
    }
  }
  return command(std::move(node), start);
}

PlanPtr Grammar::explain() {
  const std::size_t start = start_here();
  take();
  ExplainCommand node;
  if (is(Keyword::kLogical)) {
    while (!at_end()) { take(); }
    fail("INVALID_STATEMENT_OR_CLAUSE", {{"operation", "EXPLAIN LOGICAL"}}, origin_from(start));
  }
  if (accept(Keyword::kExtended)) {
    node.mode = ExplainMode::kExtended;
  } else if (accept(Keyword::kFormatted)) {
    node.mode = ExplainMode::kFormatted;
  } else if (accept(Keyword::kCodegen)) {
    node.mode = ExplainMode::kCodegen;
  } else if (accept(Keyword::kCost)) {
    node.mode = ExplainMode::kCost;
  }
  const Nested nested(*this);
  node.plan = statement();
  return command(std::move(node), start);
}

PlanPtr Grammar::analyze() {
  const std::size_t start = start_here();
  take();
  const auto statistics = [&] { expect({Keyword::kCompute, Keyword::kStatistics}); };
  const auto noscan = [&] {
    if (!is_identifier()) { return false; }
    const std::size_t at = start_here();
    if (!accept_word("NOSCAN")) {
      take();
      fail("INVALID_SQL_SYNTAX.ANALYZE_TABLE_UNEXPECTED_NOSCAN", {{"ctx", text_from(at)}}, origin_from(at));
    }
    return true;
  };
  if (accept(Keyword::kTables)) {
    AnalyzeTables node;
    node.database = optional_parent();
    statistics();
    node.is_noscan = noscan();
    return command(std::move(node), start);
  }
  expect(Keyword::kTable);
  AnalyzeTable node;
  node.table = object_name();
  node.partition = partition_spec();
  statistics();
  if (accept(Keyword::kFor)) {
    if (accept({Keyword::kAll, Keyword::kColumns})) {
      node.all_columns = true;
    } else {
      expect(Keyword::kColumns);
      do { node.columns.push_back(identifier()); } while (accept(TokenKind::kComma));
    }
  } else {
    node.is_noscan = noscan();
  }
  return command(std::move(node), start);
}

PlanPtr Grammar::cache() {
  const std::size_t start = start_here();
  if (accept(Keyword::kUncache)) {
    expect(Keyword::kTable);
    UncacheTable node;
    node.if_exists = if_exists();
    node.name = object_name();
    return command(std::move(node), start);
  }
  if (accept(Keyword::kClear)) {
    expect(Keyword::kCache);
    return command(ClearCache{}, start);
  }
  take();
  CacheTable node;
  node.is_lazy = accept(Keyword::kLazy);
  expect(Keyword::kTable);
  node.name = object_name();
  if (accept(Keyword::kOptions)) { node.options = properties(); }
  const bool has_as = accept(Keyword::kAs);
  if (has_as || starts_query() || is(TokenKind::kLeftParen)) {
    const std::size_t at = start_here();
    node.query = query();
    node.text = text_from(at);
    if (node.name.parts.size() > 1) {
      std::string quoted;
      for (std::size_t i = 0; i + 1 < node.name.parts.size(); ++i) {
        quoted += (i == 0 ? "" : ".") + quote_identifier(node.name.parts[i]);
      }
      fail("_LEGACY_ERROR_TEMP_0037", {{"quoted", quoted}}, origin_from(start));
    }
  }
  return command(std::move(node), start);
}

PlanPtr Grammar::refresh() {
  const std::size_t start = start_here();
  take();
  if (is(Keyword::kTable) && is_identifier(1)) {
    take();
    return command(RefreshTable{object_name()}, start);
  }
  if (is(Keyword::kFunction) && is_identifier(1)) {
    take();
    return command(RefreshFunction{object_name()}, start);
  }
  if (is_string()) { return command(RefreshResource{string_literal()}, start); }
  auto path = rest_of_statement();
  if (path.empty()) { fail_here(); }
  return command(RefreshResource{std::move(path)}, start);
}

PlanPtr Grammar::comment_on() {
  const std::size_t start = start_here();
  take();
  expect(Keyword::kOn);
  CommentOn node;
  if (accept(Keyword::kDatabase) || accept(Keyword::kSchema) || accept(Keyword::kNamespace)) {
    node.target = CommentTarget::kDatabase;
  } else if (accept(Keyword::kCatalog)) {
    node.target = CommentTarget::kCatalog;
  } else if (accept(Keyword::kColumn)) {
    node.target = CommentTarget::kColumn;
  } else {
    expect(Keyword::kTable);
  }
  node.name = object_name();
  expect(Keyword::kIs);
  if (!accept(Keyword::kNull)) { node.comment = string_literal(); }
  return command(std::move(node), start);
}

PlanPtr Grammar::execute_immediate() {
  const std::size_t start = start_here();
  take();
  expect(Keyword::kImmediate);
  ExecuteImmediate node;
  node.statement = expression();
  if (accept(Keyword::kInto)) {
    do { node.into.push_back(multipart_name()); } while (accept(TokenKind::kComma));
  }
  if (accept(Keyword::kUsing)) {
    const bool in_parens = is(TokenKind::kLeftParen);
    if (in_parens) { take(); }
    node.arguments = named_expression_list();
    if (in_parens) { expect(TokenKind::kRightParen); }
  }
  return command(std::move(node), start);
}

/// ADD and LIST of JARs, files and archives.
PlanPtr Grammar::resources(bool is_add) {
  const std::size_t start = start_here();
  take();
  std::optional<ResourceKind> kind;
  if (accept_word("JAR") || accept_word("JARS")) { kind = ResourceKind::kJar; }
  if (!kind && (accept_word("FILE") || accept_word("FILES"))) { kind = ResourceKind::kFile; }
  if (!kind && (accept_word("ARCHIVE") || accept_word("ARCHIVES"))) { kind = ResourceKind::kArchive; }
  if (!kind) {
    if (!is_identifier()) { fail_here(); }
    const auto what = std::string(text_of(take()));
    fail_not_allowed((is_add ? "ADD with resource type '" : "LIST with resource type '") + what + "'", start);
  }
  std::vector<std::string> paths;
  std::string_view rest;
  const auto text = rest_of_statement();
  rest = trim(text);
  while (!rest.empty()) {
    const char quote = rest.front();
    if (quote == '\'' || quote == '"') {
      const auto end = rest.find(quote, 1);
      const auto length = end == std::string_view::npos ? rest.size() : end + 1;
      paths.emplace_back(rest.substr(1, end == std::string_view::npos ? length - 1 : length - 2));
      rest = trim(rest.substr(length));
      continue;
    }
    const auto end = rest.find_first_of(" \t\r\n");
    paths.emplace_back(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view{} : trim(rest.substr(end));
  }
  if (is_add) { return command(AddResources{*kind, std::move(paths)}, start); }
  return command(ListResources{*kind, std::move(paths)}, start);
}

PlanPtr Grammar::use() {
  const std::size_t start = start_here();
  take();
  if (is_any({Keyword::kDatabase, Keyword::kSchema, Keyword::kNamespace}) && is_identifier(1)) { take(); }
  return command(UseDatabase{object_name()}, start);
}

}  // namespace hammerscale::sql
