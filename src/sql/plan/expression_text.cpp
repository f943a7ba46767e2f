#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "sql/plan/expression.hpp"
#include "sql/plan/literal_text.hpp"
#include "sql/plan/plan.hpp"

namespace hammerscale::sql {

namespace {

template <typename... Handlers>
struct Overloaded : Handlers... {
  using Handlers::operator()...;
};

/// Functions whose column names are written otherwise than the call was.
struct PrintedName {
  std::string_view name;
  std::string_view printed;
};

constexpr std::array kPrintedNames{PrintedName{"acos", "ACOS"},
                                   PrintedName{"acosh", "ACOSH"},
                                   PrintedName{"array_agg", "collect_list"},
                                   PrintedName{"asin", "ASIN"},
                                   PrintedName{"asinh", "ASINH"},
                                   PrintedName{"atan", "ATAN"},
                                   PrintedName{"atan2", "ATAN2"},
                                   PrintedName{"atanh", "ATANH"},
                                   PrintedName{"cbrt", "CBRT"},
                                   PrintedName{"ceil", "CEIL"},
                                   PrintedName{"cos", "COS"},
                                   PrintedName{"cosh", "COSH"},
                                   PrintedName{"cot", "COT"},
                                   PrintedName{"csc", "CSC"},
                                   PrintedName{"curdate", "current_date"},
                                   PrintedName{"current_database", "current_schema"},
                                   PrintedName{"dateadd", "date_add"},
                                   PrintedName{"degrees", "DEGREES"},
                                   PrintedName{"dense_rank", "DENSE_RANK"},
                                   PrintedName{"e", "E"},
                                   PrintedName{"exp", "EXP"},
                                   PrintedName{"expm1", "EXPM1"},
                                   PrintedName{"floor", "FLOOR"},
                                   PrintedName{"hypot", "HYPOT"},
                                   PrintedName{"like_all", "likeall"},
                                   PrintedName{"like_any", "likeany"},
                                   PrintedName{"log", "LOG"},
                                   PrintedName{"log10", "LOG10"},
                                   PrintedName{"log1p", "LOG1P"},
                                   PrintedName{"log2", "LOG2"},
                                   PrintedName{"not_like_all", "notlikeall"},
                                   PrintedName{"not_like_any", "notlikeany"},
                                   PrintedName{"percent_rank", "PERCENT_RANK"},
                                   PrintedName{"pi", "PI"},
                                   PrintedName{"power", "POWER"},
                                   PrintedName{"radians", "RADIANS"},
                                   PrintedName{"rank", "RANK"},
                                   PrintedName{"regexp", "REGEXP"},
                                   PrintedName{"regexp_like", "REGEXP_LIKE"},
                                   PrintedName{"rlike", "RLIKE"},
                                   PrintedName{"sec", "SEC"},
                                   PrintedName{"signum", "SIGNUM"},
                                   PrintedName{"sin", "SIN"},
                                   PrintedName{"sinh", "SINH"},
                                   PrintedName{"spark_partition_id", "SPARK_PARTITION_ID"},
                                   PrintedName{"sqrt", "SQRT"},
                                   PrintedName{"tan", "TAN"},
                                   PrintedName{"tanh", "TANH"}};

/// Arguments that a column name shows although the call left them out: those from `first` on.
struct ImpliedArguments {
  std::string_view name;
  std::size_t first;  ///< How many arguments the call has when all of these are missing.
  std::array<std::string_view, 2> values;
};

constexpr std::array kImpliedArguments{
    ImpliedArguments{"approx_percentile", 2, {"10000", ""}},
    ImpliedArguments{"bround", 1, {"0", ""}},
    ImpliedArguments{"from_unixtime", 1, {"yyyy-MM-dd HH:mm:ss", ""}},
    ImpliedArguments{"lag", 1, {"1", "NULL"}},
    ImpliedArguments{"lead", 1, {"1", "NULL"}},
    ImpliedArguments{"listagg", 1, {"NULL", ""}},
    ImpliedArguments{"locate", 2, {"1", ""}},
    ImpliedArguments{"months_between", 2, {"true", ""}},
    ImpliedArguments{"overlay", 3, {"-1", ""}},
    ImpliedArguments{"percentile", 2, {"1", ""}},
    ImpliedArguments{"percentile_approx", 2, {"10000", ""}},
    ImpliedArguments{"position", 2, {"1", ""}},
    ImpliedArguments{"regexp_replace", 3, {"1", ""}},
    ImpliedArguments{"round", 1, {"0", ""}},
    ImpliedArguments{"sort_array", 1, {"true", ""}},
    ImpliedArguments{"split", 2, {"-1", ""}},
    ImpliedArguments{"str_to_map", 1, {",", ":"}},
    ImpliedArguments{"string_agg", 1, {"NULL", ""}},
    ImpliedArguments{"substr", 2, {"2147483647", ""}},
    ImpliedArguments{"substring", 2, {"2147483647", ""}},
    ImpliedArguments{"to_unix_timestamp", 1, {"yyyy-MM-dd HH:mm:ss", ""}},
    ImpliedArguments{"unix_timestamp", 1, {"yyyy-MM-dd HH:mm:ss", ""}}};

constexpr std::array<std::string_view, 20> kInfix{"+", "-", "*", "/", "%", "div", "&", "|", "^", "<<",
                                                  ">>", ">>>", "=", "<=>", "<", "<=", ">", ">=", "and", "or"};

std::string to_lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

std::string to_upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return out;
}

/// Writes one expression as column names show it (kName) or as plan trees do (kPlan).
class ExpressionPrinter {
 public:
  enum class Style { kName, kPlan };

  explicit ExpressionPrinter(Style style) : style_(style) {}

  std::string print(const Expression& expression) {
    return std::visit([&](const auto& node) { return text_of(node); }, expression.node);
  }

 private:
  [[nodiscard]] bool in_plan() const noexcept { return style_ == Style::kPlan; }

  std::string print(const ExpressionPtr& expression) { return expression == nullptr ? "" : print(*expression); }

  std::string join(const Expressions& list, std::string_view separator = ", ") {
    std::string text;
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (i != 0) { text += separator; }
      text += print(list[i]);
    }
    return text;
  }

  static std::string dotted(const NameParts& parts) {
    std::string text;
    for (const auto& part : parts) { text += (text.empty() ? "" : ".") + quote_identifier_if_needed(part); }
    return text;
  }

  static std::string plain_dotted(const NameParts& parts) {
    std::string text;
    for (const auto& part : parts) { text += (text.empty() ? "" : ".") + part; }
    return text;
  }

  // ---- Names ----

  std::string text_of(const UnresolvedAttribute& node) {
    return in_plan() ? "'" + dotted(node.parts) : plain_dotted(node.parts);
  }

  std::string text_of(const UnresolvedStar& node) {
    std::string text = node.target.empty() ? "*" : plain_dotted(node.target) + ".*";
    if (!node.except.empty()) {
      text += " EXCEPT (";
      for (std::size_t i = 0; i < node.except.size(); ++i) { text += (i == 0 ? "" : ", ") + dotted(node.except[i]); }
      text += ")";
    }
    if (!node.replace.empty()) { text += " REPLACE (" + join(node.replace) + ")"; }
    return text;
  }

  std::string text_of(const Attribute& node) {
    if (!in_plan()) { return node.name; }
    return node.name + "#" + std::to_string(node.id) + (node.type.id() == TypeId::kBigint ? "L" : "");
  }

  std::string text_of(const OuterReference& node) {
    if (in_plan()) { return "outer(" + print(node.attribute) + ")"; }
    const auto* attribute = node.attribute->get_if<Attribute>();
    const std::string qualifier =
        attribute == nullptr || attribute->qualifier.empty() ? "" : attribute->qualifier.back() + ".";
    return "outer(" + qualifier + print(node.attribute) + ")";
  }

  std::string text_of(const BoundReference& node) {
    return "input[" + std::to_string(node.index) + ", " + node.type.to_string() + ", " +
           (node.nullable ? "true" : "false") + "]";
  }

  std::string text_of(const LambdaVariable& node) {
    return in_plan() ? "lambda " + node.name + "#" + std::to_string(node.id) : "namedlambdavariable()";
  }

  std::string text_of(const Parameter& node) { return node.name.empty() ? "?" : ":" + node.name; }

  std::string text_of(const NamedArgument& node) { return node.name + " => " + print(node.value); }

  std::string text_of(const IdentifierClause& node) {
    std::string text = "IDENTIFIER(" + print(node.name) + ")";
    for (const auto& part : node.suffix) { text += "." + quote_identifier_if_needed(part); }
    return node.is_function ? text + "(" + join(node.arguments) + ")" : text;
  }

  std::string text_of(const Alias& node) {
    std::string text = print(node.child) + " AS " + (in_plan() ? node.name : quote_identifier_if_needed(node.name));
    if (!in_plan() || node.id == 0) { return text; }
    const bool is_bigint = is_resolved(*node.child) && type_of(*node.child).id() == TypeId::kBigint;
    return text + "#" + std::to_string(node.id) + (is_bigint ? "L" : "");
  }

  std::string text_of(const MultiAlias& node) {
    std::string text = print(node.child) + " AS (";
    for (std::size_t i = 0; i < node.names.size(); ++i) { text += (i == 0 ? "" : ", ") + node.names[i]; }
    return text + ")";
  }

  // ---- Values ----

  std::string text_of(const Literal& node) { return in_plan() ? literal_to_text(node) : literal_to_name(node); }

  std::string text_of(const Cast& node) {
    if (in_plan()) {
      return (node.mode == CastMode::kTry ? "try_cast(" : "cast(") + print(node.child) + " as " +
             node.type.to_string() + ")";
    }
    if (node.is_implicit) { return print(node.child); }
    // Values of char and varchar are strings once they are made; the length is a matter of columns.
    const std::string type = node.type.is_string() && node.type.string_kind() != StringKind::kString
                                 ? "STRING" : node.type.to_sql();
    return (node.mode == CastMode::kTry ? "TRY_CAST(" : "CAST(") + print(node.child) + " AS " + type + ")";
  }

  std::string text_of(const CaseWhen& node) {
    std::string text = "CASE";
    for (const auto& [condition, value] : node.branches) {
      text += " WHEN " + print(condition) + " THEN " + print(value);
    }
    if (node.otherwise != nullptr) { text += " ELSE " + print(node.otherwise); }
    return text + " END";
  }

  std::string text_of(const SubqueryExpression& node) {
    const auto with_outer = [&](std::string_view name) {
      std::string outer;
      for (const auto& reference : node.outer_references) { outer += (outer.empty() ? "" : ", ") + print(reference); }
      return std::string(name) + "(" + outer + ")";
    };
    switch (node.kind) {
      case SubqueryKind::kScalar: return with_outer(in_plan() ? "scalar-subquery" : "scalarsubquery");
      case SubqueryKind::kExists: return with_outer("exists");
      case SubqueryKind::kTableArgument: return with_outer("table-argument");
      case SubqueryKind::kIn: break;
    }
    const std::string query = with_outer(in_plan() ? "list" : "listquery");
    if (in_plan()) { return join(node.values) + " IN (" + query + ")"; }
    if (node.values.size() == 1) { return "(" + print(node.values[0]) + " IN (" + query + "))"; }
    std::string fields;
    for (const auto& value : node.values) {
      fields += (fields.empty() ? "" : ", ") + ("'" + name_of(*value) + "', ") + print(value);
    }
    return "(named_struct(" + fields + ") IN (" + query + "))";
  }

  std::string text_of(const LambdaFunction& node) {
    return "lambdafunction(" + print(node.body) + (node.variables.empty() ? "" : ", " + join(node.variables)) + ")";
  }

  std::string text_of(const UnresolvedExtract& node) {
    return print(node.child) + "[" + print(node.extraction) + "]";
  }

  // ---- Calls ----

  std::string text_of(const UnresolvedFunction& node) {
    const std::string name = node.name.size() == 1 ? to_lower(node.name[0]) : plain_dotted(node.name);
    auto text = call(name, node.arguments, node.is_distinct, node.ignore_nulls, node.filter, node.within_group, false);
    // Operators are known for what they are; a call's function has still to be found.
    return in_plan() && text.compare(0, name.size() + 1, name + "(") == 0 ? "'" + text : text;
  }

  std::string text_of(const FunctionCall& node) {
    return call(node.name, node.arguments, false, false, nullptr, {}, false);
  }

  std::string text_of(const AggregateCall& node) {
    return call(node.name, node.arguments, node.is_distinct, node.ignore_nulls, node.filter, node.within_group, true);
  }

  std::string call(const std::string& name, const Expressions& arguments, bool is_distinct, bool ignore_nulls,
                   const ExpressionPtr& filter, const Expressions& within_group, bool is_aggregate) {
    if (!is_distinct && filter == nullptr && within_group.empty() && !is_aggregate) {
      if (auto text = operator_text(name, arguments)) { return *text; }
    }
    // Rounding to a place is another function in Spark, which is printed as it is called.
    const bool rounds_to_place = (name == "ceil" || name == "floor") && arguments.size() == 2;
    std::string text(rounds_to_place ? std::string_view(name) : printed_name(name));
    text += is_distinct ? "(DISTINCT " : "(";
    text += argument_text(name, arguments);
    text += ")";
    if (!within_group.empty()) { text += " WITHIN GROUP (ORDER BY " + within_group_text(name, within_group) + ")"; }
    if (ignore_nulls && (name == "nth_value" || in_plan())) { text += " ignore nulls"; }
    if (filter != nullptr) { text += " FILTER (WHERE " + print(filter) + ")"; }
    return text;
  }

  /// The percentiles show only a direction that was asked for; the others show each order in full.
  std::string within_group_text(const std::string& name, const Expressions& orders) {
    if (name != "percentile_cont" && name != "percentile_disc" && name != "mode") { return join(orders); }
    std::string text;
    for (const auto& expression : orders) {
      const auto* order = expression->get_if<SortOrder>();
      if (!text.empty()) { text += ", "; }
      if (order == nullptr) {
        text += print(expression);
      } else {
        // mode() keeps the greatest of equals, which Spark's name tells as a descending order.
        text += print(order->child) + (order->is_ascending != (name == "mode") ? "" : " DESC");
      }
    }
    return text;
  }

  std::string argument_text(const std::string& name, const Expressions& arguments) {
    if (name == "count" && arguments.size() == 1) {
      const auto* star = arguments[0]->get_if<UnresolvedStar>();
      if (star != nullptr && star->target.empty() && star->except.empty()) { return "1"; }
    }
    std::string text;
    // Unit names are no values; datepart shows its field as extract does.
    if (arguments.size() == 2 && (name == "extract" || name == "datepart")) {
      return print(arguments[0]) + " FROM " + print(arguments[1]);
    }
    if (!in_plan() && name == "log" && arguments.size() == 1) { return "E(), " + print(arguments[0]); }
    if (!in_plan() &&
        (name == "first" || name == "last" || name == "first_value" || name == "last_value" || name == "any_value") &&
        arguments.size() == 2) {
      return print(arguments[0]);
    }
    if (!in_plan() && (name == "from_json" || name == "from_csv")) {
      // The schema is no argument once it is known.
      return arguments.empty() ? "" : print(arguments[0]);
    }
    text = join(arguments);
    if (in_plan()) { return text; }
    for (const auto& implied : kImpliedArguments) {
      if (implied.name != name || arguments.size() < implied.first) { continue; }
      for (std::size_t i = arguments.size() - implied.first; i < implied.values.size(); ++i) {
        if (!implied.values[i].empty()) { text += (text.empty() ? "" : ", ") + std::string(implied.values[i]); }
      }
    }
    return text;
  }

  std::string_view printed_name(std::string_view name) const {
    if (in_plan()) { return name; }
    const auto found =
        std::lower_bound(kPrintedNames.begin(), kPrintedNames.end(), name,
                         [](const PrintedName& entry, std::string_view wanted) { return entry.name < wanted; });
    return found != kPrintedNames.end() && found->name == name ? found->printed : name;
  }

  /// Text of a call that is not printed as name(arguments).
  std::optional<std::string> operator_text(const std::string& name, const Expressions& arguments) {
    const auto n = arguments.size();
    if (n == 1) {
      const auto operand = [&] { return print(arguments[0]); };
      if (name == "-" || name == "+") { return "(" + name + " " + operand() + ")"; }
      if (name == "positive") { return "(+ " + operand() + ")"; }
      if (name == "~") { return "~" + operand(); }
      if (name == "not" || name == "!") { return "(NOT " + operand() + ")"; }
      if (name == "isnull") { return "(" + operand() + " IS NULL)"; }
      if (name == "isnotnull") { return "(" + operand() + " IS NOT NULL)"; }
      return std::nullopt;
    }
    if (n >= 2) {
      if (name == "in") {
        const Expressions choices(arguments.begin() + 1, arguments.end());
        if (in_plan()) { return print(arguments[0]) + " IN (" + join(choices, ",") + ")"; }
        return "(" + print(arguments[0]) + " IN (" + join(choices) + "))";
      }
      if (auto text = quantified_like_text(name, arguments)) { return text; }
    }
    if (n == 2) {
      if (std::find(kInfix.begin(), kInfix.end(), name) != kInfix.end()) {
        const std::string shown = name == "and" || name == "or" ? to_upper(name) : name;
        return "(" + print(arguments[0]) + " " + shown + " " + print(arguments[1]) + ")";
      }
      if (name == "==") { return "(" + print(arguments[0]) + " = " + print(arguments[1]) + ")"; }
      if (name == "<>" || name == "!=") { return "(NOT (" + print(arguments[0]) + " = " + print(arguments[1]) + "))"; }
      if (name == "like") { return print(arguments[0]) + " LIKE " + print(arguments[1]); }
      if (name == "get_struct_field" || name == "get_array_struct_fields") {
        return print(arguments[0]) + "." + print(arguments[1]);
      }
      if (name == "get_array_item" || name == "get_map_value") {
        return print(arguments[0]) + "[" + print(arguments[1]) + "]";
      }
      if (name == "trim" && !in_plan()) {
        return "TRIM(BOTH " + print(arguments[0]) + " FROM " + print(arguments[1]) + ")";
      }
      if (name == "ltrim" && !in_plan()) {
        return "TRIM(LEADING " + print(arguments[0]) + " FROM " + print(arguments[1]) + ")";
      }
      if (name == "rtrim" && !in_plan()) {
        return "TRIM(TRAILING " + print(arguments[0]) + " FROM " + print(arguments[1]) + ")";
      }
    }
    if (n == 3) {
      if (name == "like") {
        return print(arguments[0]) + " LIKE " + print(arguments[1]) + " ESCAPE '" + print(arguments[2]) + "'";
      }
      if (name == "if") {
        const auto all = print(arguments[0]) + ", " + print(arguments[1]) + ", " + print(arguments[2]);
        return in_plan() ? "if ((" + print(arguments[0]) + ")) " + print(arguments[1]) + " else " + print(arguments[2])
                         : "(IF(" + all + "))";
      }
    }
    return std::nullopt;
  }

  /// LIKE ANY of literals is one operator whose name shows the tested text only; of other patterns it is a chain.
  std::optional<std::string> quantified_like_text(const std::string& name, const Expressions& arguments) {
    const bool without_case = name.find("ilike_") != std::string::npos;
    const auto at = name.find("like_");
    if (at == std::string::npos || (name.substr(at) != "like_any" && name.substr(at) != "like_all")) {
      return std::nullopt;
    }
    const bool is_any = name.substr(at) == "like_any";
    const bool negated = name.compare(0, 4, "not_") == 0;
    const auto literal = [](const ExpressionPtr& pattern) { return pattern->is<Literal>(); };
    const std::string tested = without_case ? "lower(" + print(arguments[0]) + ")" : print(arguments[0]);
    if (std::all_of(arguments.begin() + 1, arguments.end(), literal)) {
      return std::string(negated ? "not" : "") + "like" + (is_any ? "any" : "all") + "(" + tested + ")";
    }
    std::string chain;
    for (std::size_t i = 1; i < arguments.size(); ++i) {
      std::string one = without_case ? "ilike(" + print(arguments[0]) + ", " + print(arguments[i]) + ")"
                                     : print(arguments[0]) + " LIKE " + print(arguments[i]);
      if (negated) { one = "(NOT " + one + ")"; }
      chain = chain.empty() ? one : "(" + chain + (is_any ? " OR " : " AND ") + one + ")";
    }
    return chain;
  }

  // ---- Orders and windows ----

  std::string text_of(const SortOrder& node) {
    return print(node.child) + (node.is_ascending ? " ASC" : " DESC") +
           (node.nulls_first ? " NULLS FIRST" : " NULLS LAST");
  }

  std::string text_of(const UnresolvedWindowReference& node) { return print(node.function) + " OVER " + node.window; }

  std::string bound_text(const FrameBound& bound) {
    if (in_plan()) {
      switch (bound.kind) {
        case BoundKind::kUnboundedPreceding: return "unboundedpreceding$()";
        case BoundKind::kPreceding: return "-" + print(bound.offset);
        case BoundKind::kCurrentRow: return "currentrow$()";
        case BoundKind::kFollowing: return print(bound.offset);
        case BoundKind::kUnboundedFollowing: return "unboundedfollowing$()";
      }
    }
    switch (bound.kind) {
      case BoundKind::kUnboundedPreceding: return "UNBOUNDED PRECEDING";
      case BoundKind::kPreceding: return print(bound.offset) + " PRECEDING";
      case BoundKind::kCurrentRow: return "CURRENT ROW";
      case BoundKind::kFollowing: return print(bound.offset) + " FOLLOWING";
      case BoundKind::kUnboundedFollowing: return "UNBOUNDED FOLLOWING";
    }
    return "";
  }

  std::string frame_text(const WindowFrame& frame) {
    if (in_plan()) {
      return std::string("specifiedwindowframe(") + (frame.unit == FrameUnit::kRows ? "RowFrame, " : "RangeFrame, ") +
             bound_text(frame.lower) + ", " + bound_text(frame.upper) + ")";
    }
    return std::string(frame.unit == FrameUnit::kRows ? "ROWS" : "RANGE") + " BETWEEN " + bound_text(frame.lower) +
           " AND " + bound_text(frame.upper);
  }

  std::string text_of(const WindowExpression& node) {
    std::string inner;
    const auto add = [&](const std::string& part) { inner += (inner.empty() ? "" : in_plan() ? ", " : " ") + part; };
    if (!node.spec.base.empty()) { add(node.spec.base); }
    if (!node.spec.partition_by.empty()) { add((in_plan() ? "" : "PARTITION BY ") + join(node.spec.partition_by)); }
    if (!node.spec.order_by.empty()) { add((in_plan() ? "" : "ORDER BY ") + join(node.spec.order_by)); }
    if (const auto frame = frame_of(node); !frame.empty()) { add(frame); }
    if (in_plan()) { return print(node.function) + " windowspecdefinition(" + inner + ")"; }
    return print(node.function) + " OVER (" + inner + ")";
  }

  static std::string function_name(const Expression& function) {
    if (const auto* call = function.get_if<UnresolvedFunction>()) { return to_lower(call->name.back()); }
    if (const auto* call = function.get_if<AggregateCall>()) { return call->name; }
    return "";
  }

  /// The frame, or the one that the function has when none was written.
  std::string frame_of(const WindowExpression& node) {
    const std::string name = function_name(*node.function);
    if (!in_plan() && (name == "lag" || name == "lead")) {
      const auto arguments = children_of(*node.function);
      const std::string distance = arguments.size() > 1 ? print(arguments[1]) : "1";
      const std::string shown = name == "lead" ? distance : distance[0] == '-' ? distance.substr(1) : "-" + distance;
      return "ROWS BETWEEN " + shown + " FOLLOWING AND " + shown + " FOLLOWING";
    }
    if (node.spec.frame) { return frame_text(*node.spec.frame); }
    WindowFrame frame;
    frame.lower.kind = BoundKind::kUnboundedPreceding;
    constexpr std::array<std::string_view, 5> kByRows{"row_number", "rank", "dense_rank", "percent_rank", "ntile"};
    if (std::find(kByRows.begin(), kByRows.end(), name) != kByRows.end()) {
      frame.unit = FrameUnit::kRows;
    } else if (node.spec.order_by.empty()) {
      frame.unit = FrameUnit::kRows;
      frame.upper.kind = BoundKind::kUnboundedFollowing;
    }
    return frame_text(frame);
  }

  Style style_;
};

}  // namespace

std::string to_sql(const Expression& expression) {
  return ExpressionPrinter(ExpressionPrinter::Style::kName).print(expression);
}

std::string to_string(const Expression& expression) {
  return ExpressionPrinter(ExpressionPrinter::Style::kPlan).print(expression);
}

}  // namespace hammerscale::sql
