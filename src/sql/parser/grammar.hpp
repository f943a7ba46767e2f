#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sql/parser/lexer.hpp"
#include "sql/parser/parser.hpp"

namespace hammerscale::sql {

/// The recursive-descent parser behind parser.hpp. One source a concern: token_cursor.cpp, expression_grammar.cpp,
/// function_grammar.cpp, literal_grammar.cpp, interval_grammar.cpp, type_grammar.cpp, query_grammar.cpp,
/// relation_grammar.cpp, pipe_grammar.cpp, data_grammar.cpp, table_grammar.cpp, definition_grammar.cpp,
/// utility_grammar.cpp.
class Grammar {
 public:
  Grammar(std::string_view text, const ParserOptions& options);

  PlanPtr whole_statement();
  PlanPtr whole_query();
  ExpressionPtr whole_expression();
  DataType whole_type();
  Schema whole_schema();
  NameParts whole_name();

 private:
  // Levels of parentheses, subqueries and nested types, each of which takes about 4 KiB of the stack here and much of
  // it in every later walk over the plan.
  static constexpr int kMaxNesting = 400;
  // Height of an expression: a + b + c ... is as high as it is long.
  static constexpr int kMaxHeight = 2000;

  /// Counts a level of nesting for as long as it lives.
  class Nested {
   public:
    explicit Nested(Grammar& grammar) : grammar_(grammar) {
      if (++grammar_.nesting_ > kMaxNesting) { grammar_.fail_too_complex(); }
    }
    ~Nested() { --grammar_.nesting_; }
    Nested(const Nested&) = delete;
    Nested& operator=(const Nested&) = delete;

   private:
    Grammar& grammar_;
  };

  /// Measures the height of what is parsed while it lives; the enclosing one sees it as one of its parts.
  class Height {
   public:
    explicit Height(Grammar& grammar) : grammar_(grammar), outer_(std::exchange(grammar.height_, 0)) {}
    ~Height() { grammar_.height_ = grammar_.height_ > outer_ ? grammar_.height_ : outer_; }
    Height(const Height&) = delete;
    Height& operator=(const Height&) = delete;
    /// One more node on top of all parts so far.
    void grow() const {
      if (++grammar_.height_ > kMaxHeight) { grammar_.fail_too_complex(); }
    }

   private:
    Grammar& grammar_;
    int outer_;
  };

  // ---- Tokens (token_cursor.cpp) ----
  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const noexcept {
    return tokens_[at_ + ahead < tokens_.size() ? at_ + ahead : tokens_.size() - 1];
  }
  [[nodiscard]] bool is(TokenKind kind, std::size_t ahead = 0) const noexcept { return peek(ahead).kind == kind; }
  [[nodiscard]] bool is(Keyword keyword, std::size_t ahead = 0) const noexcept {
    return peek(ahead).keyword == keyword;
  }
  [[nodiscard]] bool is_any(std::initializer_list<Keyword> keywords, std::size_t ahead = 0) const noexcept;
  [[nodiscard]] std::string_view text_of(const Token& token) const noexcept {
    return text_.substr(token.start, token.stop - token.start);
  }
  /// Whether an unquoted word reads so, in any letter case; for words that are no keywords.
  [[nodiscard]] bool is_word(std::string_view word, std::size_t ahead = 0) const noexcept;
  bool accept(TokenKind kind) noexcept;
  bool accept(Keyword keyword) noexcept;
  /// All of them one after the other, or none.
  bool accept(std::initializer_list<Keyword> keywords) noexcept;
  bool accept_word(std::string_view word) noexcept;
  void expect(TokenKind kind);
  void expect(Keyword keyword);
  void expect(std::initializer_list<Keyword> keywords);
  const Token& take() noexcept { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }
  [[nodiscard]] bool at_end() const noexcept { return is(TokenKind::kEnd); }
  [[nodiscard]] std::size_t start_here() const noexcept { return peek().start; }
  /// From a start to the end of the last token taken.
  [[nodiscard]] Origin origin_from(std::size_t start) const noexcept;
  [[nodiscard]] std::string text_from(std::size_t start) const;
  [[noreturn]] void fail_here() const { fail_at(peek()); }
  [[noreturn]] void fail_at(const Token& token, std::string hint = {}) const;
  [[noreturn]] void fail(std::string_view condition, ErrorParameters parameters, Origin origin) const;
  [[noreturn]] void fail_too_complex() const;
  [[noreturn]] void fail_not_allowed(std::string message, std::size_t start) const;
  [[nodiscard]] std::string suggestion_near(const Token& token) const;
  void expect_statement_end();

  // ---- Names (token_cursor.cpp) ----
  [[nodiscard]] bool is_identifier(std::size_t ahead = 0) const noexcept;
  /// An identifier that may follow a relation without AS: not JOIN, ON, UNION ... and not the start of a clause.
  [[nodiscard]] bool is_bare_alias(bool of_table) const noexcept;
  std::string identifier();
  /// As identifier, but a-b is the error that asks for back quotes.
  std::string object_identifier();
  NameParts multipart_name();
  ObjectName object_name();
  std::vector<std::string> identifier_list_in_parens();
  std::string string_literal();
  [[nodiscard]] bool is_string(std::size_t ahead = 0) const noexcept;

  // ---- Expressions (expression_grammar.cpp) ----
  ExpressionPtr expression();
  /// With AS name, AS (a, b) or a bare alias.
  ExpressionPtr named_expression();
  Expressions expression_list();
  Expressions named_expression_list();
  ExpressionPtr boolean_or();
  ExpressionPtr boolean_and();
  ExpressionPtr boolean_not();
  ExpressionPtr predicate();
  [[nodiscard]] bool starts_predicate(std::size_t ahead) const noexcept;
  ExpressionPtr predicate_tail(ExpressionPtr left, std::size_t start);
  ExpressionPtr in_tail(ExpressionPtr left, std::size_t start);
  ExpressionPtr like_tail(ExpressionPtr left, std::size_t start, bool negated);
  ExpressionPtr is_tail(ExpressionPtr left, std::size_t start);
  ExpressionPtr value(int min_precedence = 0);
  ExpressionPtr unary();
  ExpressionPtr postfix();
  ExpressionPtr extraction(ExpressionPtr child, std::size_t start);
  ExpressionPtr semi_structured(ExpressionPtr child, std::size_t start);
  ExpressionPtr primary();
  ExpressionPtr word_primary();
  ExpressionPtr parenthesised();
  ExpressionPtr case_when();
  ExpressionPtr cast(CastMode mode);
  ExpressionPtr star(NameParts target, std::size_t start);
  ExpressionPtr parameter();
  ExpressionPtr lambda();
  [[nodiscard]] bool starts_lambda_list() const noexcept;
  ExpressionPtr chain(std::string_view name, std::vector<ExpressionPtr> operands, std::size_t start);
  ExpressionPtr tuple(Expressions parts, std::size_t start);
  ExpressionPtr subquery(SubqueryKind kind, PlanPtr plan, std::size_t start, Expressions values = {});
  ExpressionPtr call(std::string_view name, Expressions arguments, std::size_t start) const;
  SortOrder sort_item();
  Expressions sort_items();

  // ---- Functions and windows (function_grammar.cpp) ----
  ExpressionPtr function_call(NameParts name, std::size_t start);
  ExpressionPtr function_tail(UnresolvedFunction function, std::size_t start);
  ExpressionPtr argument();
  ExpressionPtr table_argument();
  ExpressionPtr table_argument_options(PlanPtr plan, std::size_t start);
  ExpressionPtr special_form(Keyword keyword, std::size_t start);
  ExpressionPtr extract_form(std::size_t start);
  ExpressionPtr substring_form(std::string_view name, std::size_t start);
  ExpressionPtr trim_form(std::size_t start);
  ExpressionPtr overlay_form(std::size_t start);
  ExpressionPtr position_form(std::size_t start);
  ExpressionPtr unit_form(std::string_view name, std::size_t start);
  ExpressionPtr struct_form(std::size_t start);
  ExpressionPtr nulls_form(std::size_t start);
  ExpressionPtr finish_call(std::string name, ExpressionPtr first, std::size_t start);
  ExpressionPtr identifier_clause();
  ExpressionPtr over(ExpressionPtr function, std::size_t start);
  WindowSpec window_spec();
  WindowFrame window_frame();
  FrameBound frame_bound();

  // ---- Literals (literal_grammar.cpp, interval_grammar.cpp) ----
  ExpressionPtr number(bool negative, std::size_t start);
  ExpressionPtr string();
  [[nodiscard]] bool starts_typed_literal() const noexcept;
  ExpressionPtr typed_literal();
  [[nodiscard]] bool starts_interval() const noexcept;
  ExpressionPtr interval();
  std::int64_t integer_value();

  // ---- Types (type_grammar.cpp) ----
  DataType type();
  DataType interval_type();
  DataType nested_type(Keyword keyword);
  DataType type_with_numbers(std::string_view name, const Token& token);
  void close_angle();
  Field field(bool with_colon);
  Collation collation();

  // ---- Queries (query_grammar.cpp) ----
  PlanPtr query();
  PlanPtr query_after_with();
  /// The set operations, order and limits behind a query's first part.
  PlanPtr query_tail(PlanPtr first);
  PlanPtr query_term(PlanPtr left, int min_precedence);
  PlanPtr query_primary();
  PlanPtr organisation(PlanPtr plan);
  PlanPtr select();
  PlanPtr select_after_from(PlanPtr relation);
  PlanPtr from_first();
  PlanPtr inline_table();
  PlanPtr wrap_with(PlanPtr plan, std::vector<CteDefinition> definitions, bool is_recursive, std::size_t start);
  std::vector<CteDefinition> cte_definitions(bool& is_recursive);
  PlanPtr aggregate_of(PlanPtr child, Expressions list);
  ExpressionPtr grouping_set();
  ExpressionPtr grouping_element();
  std::vector<Hint> hints();
  std::vector<std::pair<std::string, WindowSpec>> window_definitions();
  [[nodiscard]] bool starts_query(std::size_t ahead = 0) const noexcept;
  [[nodiscard]] bool starts_query_tail() const noexcept;

  // ---- Relations (relation_grammar.cpp) ----
  PlanPtr from_clause();
  PlanPtr relation();
  PlanPtr joins(PlanPtr left);
  bool join_step(PlanPtr& left);
  PlanPtr relation_primary();
  PlanPtr parenthesised_relation(bool& is_query);
  PlanPtr table_relation();
  PlanPtr table_function(NameParts name, std::size_t start);
  PlanPtr sample(PlanPtr child);
  PlanPtr alias_of(PlanPtr child);
  PlanPtr lateral_view(PlanPtr child);
  PlanPtr pivot(PlanPtr child);
  PlanPtr unpivot(PlanPtr child);
  [[nodiscard]] bool starts_pivot() const noexcept;

  // ---- Pipes (pipe_grammar.cpp) ----
  PlanPtr pipes(PlanPtr plan);
  PlanPtr pipe_step(PlanPtr plan);
  PlanPtr pipe_aggregate(PlanPtr plan);

  // ---- Statements ----
  PlanPtr statement();
  PlanPtr command(Command::Node node, std::size_t start) const;
  // data_grammar.cpp
  PlanPtr insert_into(PlanPtr source);
  PlanPtr insert_query(PlanPtr source);
  PlanPtr multi_insert(PlanPtr source, std::size_t start);
  PlanPtr load_data();
  PlanPtr delete_from();
  PlanPtr update();
  PlanPtr merge();
  MergeAction merge_action(bool is_insert);
  std::vector<Assignment> assignments();
  PlanPtr target_table();
  PartitionSpec partition_spec();
  // table_grammar.cpp
  PlanPtr create();
  PlanPtr create_table(std::size_t start, CreateMode mode, bool is_external, bool is_temporary);
  PlanPtr create_table_like(ObjectName name, bool if_not_exists, std::size_t start);
  void table_storage(TableStorage& storage, std::vector<ColumnDefinition>& columns);
  void hive_row_format(HiveFormat& format);
  void hive_stored_as(HiveFormat& format);
  void partitioning(TableStorage& storage, std::vector<ColumnDefinition>& columns);
  BucketSpec bucket_spec();
  ColumnDefinition column_definition(bool with_position);
  void table_elements(std::vector<ColumnDefinition>& columns, std::vector<TableConstraint>& constraints);
  TableConstraint constraint(std::string name);
  void constraint_characteristics(TableConstraint& constraint);
  PlanPtr alter();
  PlanPtr alter_table(std::size_t start);
  PlanPtr alter_view(std::size_t start);
  PlanPtr alter_database(std::size_t start);
  PlanPtr alter_columns(ObjectName table, std::size_t start);
  PlanPtr drop();
  // definition_grammar.cpp
  PlanPtr create_view(std::size_t start, ViewScope scope, bool or_replace);
  PlanPtr create_function(std::size_t start, bool is_temporary, bool or_replace);
  PlanPtr create_database(std::size_t start);
  PlanPtr declare_variable();
  ViewSchemaMode view_schema_mode();
  // utility_grammar.cpp
  PlanPtr set();
  PlanPtr reset();
  PlanPtr show();
  PlanPtr describe();
  PlanPtr explain();
  PlanPtr analyze();
  PlanPtr cache();
  PlanPtr refresh();
  PlanPtr comment_on();
  PlanPtr execute_immediate();
  PlanPtr resources(bool is_add);
  PlanPtr use();
  ShowPattern show_pattern(bool with_bare_string = true);
  ObjectName optional_parent();
  std::string rest_of_statement();
  void reject_unsupported();

  // Parts that several statements have.
  Options properties();
  std::string property_key();
  std::optional<std::string> property_value();
  bool if_exists() { return accept({Keyword::kIf, Keyword::kExists}); }
  bool if_not_exists() { return accept({Keyword::kIf, Keyword::kNot, Keyword::kExists}); }

  std::string_view text_;
  const ParserOptions& options_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int nesting_ = 0;
  int height_ = 0;
  std::int32_t num_parameters_ = 0;
};

}  // namespace hammerscale::sql
