#include "sql/parser/parser.hpp"

#include "sql/parser/grammar.hpp"

namespace hammerscale::sql {

PlanPtr Grammar::command(Command::Node node, std::size_t start) const {
  return make_plan(Command{std::move(node)}, origin_from(start));
}

/// One statement, up to where it ends.
PlanPtr Grammar::statement() {
  const std::size_t start = start_here();
  if (is(TokenKind::kLeftParen)) { return query(); }
  if (!is(TokenKind::kWord)) { fail_here(); }
  switch (peek().keyword) {
    case Keyword::kSelect:
    case Keyword::kValues:
    case Keyword::kTable: return query();
    case Keyword::kFrom: {
      auto relation = from_clause();
      if (is(Keyword::kInsert)) { return multi_insert(std::move(relation), start); }
      auto first = is(Keyword::kSelect) ? select_after_from(std::move(relation)) : std::move(relation);
      return query_tail(std::move(first));
    }
    case Keyword::kWith: {
      bool is_recursive = false;
      auto definitions = cte_definitions(is_recursive);
      PlanPtr plan;
      if (is_any({Keyword::kInsert, Keyword::kDelete, Keyword::kUpdate, Keyword::kMerge})) {
        const Nested nested(*this);
        plan = statement();
      } else {
        plan = query_after_with();
      }
      return wrap_with(std::move(plan), std::move(definitions), is_recursive, start);
    }
    case Keyword::kInsert: return insert_into(nullptr);
    case Keyword::kDelete: return delete_from();
    case Keyword::kUpdate: return update();
    case Keyword::kMerge: return merge();
    case Keyword::kLoad: return load_data();
    case Keyword::kCreate:
    case Keyword::kReplace: return create();
    case Keyword::kAlter: return alter();
    case Keyword::kDrop: return drop();
    case Keyword::kTruncate: {
      take();
      expect(Keyword::kTable);
      TruncateTable node;
      node.name = object_name();
      node.partition = partition_spec();
      return command(std::move(node), start);
    }
    case Keyword::kMsck:
    case Keyword::kRepair: {
      accept(Keyword::kMsck);
      expect({Keyword::kRepair, Keyword::kTable});
      RepairTable node;
      node.table = object_name();
      if (accept(Keyword::kDrop)) {
        node.add = false;
        node.drop = true;
        expect(Keyword::kPartitions);
      } else if (accept(Keyword::kSync)) {
        node.drop = true;
        expect(Keyword::kPartitions);
      } else if (accept(Keyword::kAdd)) {
        expect(Keyword::kPartitions);
      }
      return command(std::move(node), start);
    }
    case Keyword::kUse: return use();
    case Keyword::kShow: return show();
    case Keyword::kDesc:
    case Keyword::kDescribe: return describe();
    case Keyword::kExplain: return explain();
    case Keyword::kAnalyze: return analyze();
    case Keyword::kCache:
    case Keyword::kUncache:
    case Keyword::kClear: return cache();
    case Keyword::kRefresh: return refresh();
    case Keyword::kSet: return set();
    case Keyword::kReset: return reset();
    case Keyword::kDeclare: return declare_variable();
    case Keyword::kExecute: return execute_immediate();
    case Keyword::kComment: return comment_on();
    case Keyword::kAdd: return resources(true);
    case Keyword::kList: return resources(false);
    case Keyword::kCall: {
      take();
      CallProcedure node;
      node.name = object_name();
      expect(TokenKind::kLeftParen);
      if (!is(TokenKind::kRightParen)) {
        do { node.arguments.push_back(argument()); } while (accept(TokenKind::kComma));
      }
      expect(TokenKind::kRightParen);
      return command(std::move(node), start);
    }
    case Keyword::kBegin: {
      take();
      fail("UNSUPPORTED_FEATURE.SQL_SCRIPTING", {{"sqlScriptingEnabled", "\"spark.sql.scripting.enabled\""}},
           origin_from(start));
    }
    default: reject_unsupported(); fail_here();
  }
}

PlanPtr Grammar::whole_statement() {
  if (at_end()) { fail("PARSE_EMPTY_STATEMENT", {}, {}); }
  auto plan = statement();
  expect_statement_end();
  return plan;
}

PlanPtr Grammar::whole_query() {
  if (at_end()) { fail("PARSE_EMPTY_STATEMENT", {}, {}); }
  auto plan = query();
  expect_statement_end();
  return plan;
}

ExpressionPtr Grammar::whole_expression() {
  if (at_end()) { fail("PARSE_EMPTY_STATEMENT", {}, {}); }
  auto result = named_expression();
  if (!at_end()) { fail_here(); }
  return result;
}

DataType Grammar::whole_type() {
  auto result = type();
  if (!at_end()) { fail_here(); }
  return result;
}

Schema Grammar::whole_schema() {
  Schema schema;
  if (at_end()) { return schema; }
  // A single type: `struct<...>`, whose fields are meant.
  if (is(Keyword::kStruct) && (is(TokenKind::kLess, 1) || is(TokenKind::kNotEqual, 1))) {
    return whole_type().fields();
  }
  do { schema.push_back(field(true)); } while (accept(TokenKind::kComma));
  if (!at_end()) { fail_here(); }
  return schema;
}

NameParts Grammar::whole_name() {
  auto parts = multipart_name();
  if (!at_end()) { fail_here(); }
  return parts;
}

PlanPtr parse_statement(std::string_view text, const ParserOptions& options) {
  return Grammar(text, options).whole_statement();
}

PlanPtr parse_query(std::string_view text, const ParserOptions& options) {
  return Grammar(text, options).whole_query();
}

ExpressionPtr parse_expression(std::string_view text, const ParserOptions& options) {
  return Grammar(text, options).whole_expression();
}

DataType parse_data_type(std::string_view text) { return Grammar(text, ParserOptions{}).whole_type(); }

Schema parse_schema(std::string_view text) { return Grammar(text, ParserOptions{}).whole_schema(); }

NameParts parse_multipart_name(std::string_view text) { return Grammar(text, ParserOptions{}).whole_name(); }

}  // namespace hammerscale::sql
