#include <string_view>

#include "sql/plan/fields.hpp"
#include "sql/plan/plan.hpp"

namespace hammerscale::sql {

namespace {

template <typename... Handlers>
struct Overloaded : Handlers... {
  using Handlers::operator()...;
};

template <typename T>
constexpr std::string_view type_name() {
  // "... [with T = hammerscale::sql::CreateTable; ...]" or "... [T = ...]".
  constexpr std::string_view text = __PRETTY_FUNCTION__;
  constexpr auto from = text.find("T = ") + 4;
  constexpr auto to = text.find_first_of(";]", from);
  constexpr auto qualified = text.substr(from, to - from);
  constexpr auto colon = qualified.rfind(':');
  return colon == std::string_view::npos ? qualified : qualified.substr(colon + 1);
}

std::string list(const Expressions& expressions) {
  std::string text = "[";
  for (std::size_t i = 0; i < expressions.size(); ++i) { text += (i == 0 ? "" : ", ") + to_string(*expressions[i]); }
  return text + "]";
}

template <typename Strings>
std::string names(const Strings& parts, std::string_view separator = ", ") {
  std::string text;
  for (const auto& part : parts) { text += (text.empty() ? std::string_view{} : separator); text += part; }
  return text;
}

std::string optional_text(const ExpressionPtr& expression) {
  return expression == nullptr ? "" : to_string(*expression);
}

std::string_view join_name(JoinKind kind) {
  switch (kind) {
    case JoinKind::kInner: return "Inner";
    case JoinKind::kCross: return "Cross";
    case JoinKind::kLeftOuter: return "LeftOuter";
    case JoinKind::kRightOuter: return "RightOuter";
    case JoinKind::kFullOuter: return "FullOuter";
    case JoinKind::kLeftSemi: return "LeftSemi";
    case JoinKind::kLeftAnti: return "LeftAnti";
    case JoinKind::kNullAwareAnti: return "NullAwareAnti";
    case JoinKind::kMark: return "ExistenceJoin";
    case JoinKind::kSingle: return "LeftSingle";
  }
  return "";
}

std::string join_text(const Join& node) {
  std::string text = node.is_lateral ? "LateralJoin " : "Join ";
  if (node.is_natural) {
    text += "NaturalJoin(" + std::string(join_name(node.kind)) + ")";
  } else if (!node.using_columns.empty()) {
    text += "UsingJoin(" + std::string(join_name(node.kind)) + ", [" + names(node.using_columns) + "])";
  } else {
    text += join_name(node.kind);
  }
  if (node.mark != nullptr) { text += "(" + to_string(*node.mark) + ")"; }
  if (node.condition != nullptr) { text += ", " + to_string(*node.condition); }
  return text;
}

std::string set_operation_text(const SetOperation& node) {
  switch (node.kind) {
    case SetOperationKind::kIntersect: return std::string("Intersect All ") + (node.is_all ? "true" : "false");
    case SetOperationKind::kExcept: return std::string("Except All ") + (node.is_all ? "true" : "false");
    case SetOperationKind::kUnion: break;
  }
  return std::string(node.is_all ? "Union " : "Union distinct ") + (node.by_name ? "true" : "false") + ", " +
         (node.allow_missing_columns ? "true" : "false");
}

std::string aggregate_text(const Aggregate& node) {
  std::string grouping = list(node.grouping);
  switch (node.kind) {
    case GroupingKind::kPlain: break;
    case GroupingKind::kAll: grouping = "[ALL]"; break;
    case GroupingKind::kRollup: grouping = "[rollup(" + grouping + ")]"; break;
    case GroupingKind::kCube: grouping = "[cube(" + grouping + ")]"; break;
    case GroupingKind::kGroupingSets: {
      std::string sets;
      for (const auto& set : node.grouping_sets) { sets += (sets.empty() ? "" : ", ") + list(set); }
      grouping = "[groupingsets(" + sets + "), " + grouping + "]";
      break;
    }
  }
  return "Aggregate " + grouping + ", " + list(node.list);
}

/// The operator's own line, without the mark of an unresolved one.
std::string line_of(const Plan& plan) {
  return std::visit(
      Overloaded{
          [](const UnresolvedRelation& node) {
            return "UnresolvedRelation [" +
                   (node.identifier == nullptr ? names(node.name) : to_string(*node.identifier)) + "], [], false";
          },
          [](const UnresolvedTableFunction& node) {
            return "UnresolvedTableValuedFunction [" + names(node.name) + "], " + list(node.arguments) + ", false";
          },
          [](const InlineTable& node) {
            std::string rows;
            for (const auto& row : node.rows) { rows += (rows.empty() ? "" : ", ") + list(row); }
            return "UnresolvedInlineTable [" + rows + "]";
          },
          [](const LocalRelation& node) { return "LocalRelation " + list(node.output); },
          [](const SourceRelation& node) { return "Relation " + node.name + list(node.output); },
          [](const OneRow&) { return std::string("OneRowRelation"); },
          [](const Range& node) {
            return "Range (" + std::to_string(node.start) + ", " + std::to_string(node.end) +
                   ", step=" + std::to_string(node.step) +
                   (node.num_partitions > 0 ? ", splits=Some(" + std::to_string(node.num_partitions) + ")" : "") + ")";
          },
          [](const RecursionReference& node) {
            return "RecursiveRelation " + node.name + "#" + std::to_string(node.loop) + ", " + list(node.output);
          },
          [](const Project& node) { return "Project " + list(node.list); },
          [](const Filter& node) { return "Filter " + to_string(*node.condition); },
          [](const Aggregate& node) { return aggregate_text(node); },
          [](const Expand& node) {
            std::string rows;
            for (const auto& row : node.projections) { rows += (rows.empty() ? "" : ", ") + list(row); }
            return "Expand [" + rows + "], " + list(node.output);
          },
          [](const Sort& node) { return "Sort " + list(node.orders) + ", " + (node.is_global ? "true" : "false"); },
          [](const Limit& node) { return "GlobalLimit " + to_string(*node.count); },
          [](const Offset& node) { return "Offset " + to_string(*node.count); },
          [](const Distinct&) { return std::string("Distinct"); },
          [](const Deduplicate& node) { return "Deduplicate " + list(node.keys); },
          [](const SubqueryAlias& node) {
            return "SubqueryAlias " + names(node.alias, ".") +
                   (node.columns.empty() ? "" : ", [" + names(node.columns) + "]");
          },
          [](const With& node) {
            std::string defined;
            for (const auto& definition : node.definitions) {
              defined += (defined.empty() ? "" : ", ") + definition.name;
            }
            return std::string(node.is_recursive ? "CTE recursive [" : "CTE [") + defined + "]";
          },
          [](const Having& node) { return "UnresolvedHaving " + to_string(*node.condition); },
          [](const Qualify& node) { return "UnresolvedQualify " + to_string(*node.condition); },
          [](const NamedWindows& node) {
            std::string defined;
            for (const auto& [name, spec] : node.windows) { defined += (defined.empty() ? "" : ", ") + name; }
            return "WithWindowDefinition [" + defined + "]";
          },
          [](const Window& node) {
            return "Window " + list(node.list) + ", " + list(node.partition_by) + ", " + list(node.order_by);
          },
          [](const Generate& node) {
            return "Generate " + to_string(*node.generator) + ", " + (node.is_outer ? "true" : "false") +
                   (node.qualifier.empty() ? "" : ", " + node.qualifier) + ", " +
                   (node.output.empty() ? "[" + names(node.names) + "]" : list(node.output));
          },
          [](const Pivot& node) {
            return "Pivot " + (node.has_grouping ? list(node.grouping) + ", " : "") + list(node.columns) + ", " +
                   list(node.values) + ", " + list(node.aggregates);
          },
          [](const Unpivot& node) {
            std::string groups;
            for (const auto& group : node.values) { groups += (groups.empty() ? "" : ", ") + list(group); }
            return "Unpivot " + (node.has_ids ? list(node.ids) + ", " : std::string()) + "[" + groups + "], " +
                   node.variable_name + ", [" + names(node.value_names) + "]";
          },
          [](const Sample& node) {
            if (node.unit == SampleUnit::kRows) { return "Sample rows " + optional_text(node.num_rows); }
            return "Sample " + std::to_string(node.lower) + ", " + std::to_string(node.upper) + ", " +
                   (node.with_replacement ? "true" : "false") + (node.seed ? ", " + std::to_string(*node.seed) : "");
          },
          [](const Repartition& node) {
            const std::string count = node.num_partitions > 0 ? std::to_string(node.num_partitions) : "";
            switch (node.kind) {
              case RepartitionKind::kRoundRobin: return "Repartition " + count + ", true";
              case RepartitionKind::kCoalesce: return "Repartition " + count + ", false";
              default: break;
            }
            return "RepartitionByExpression " + list(node.keys) + (count.empty() ? "" : ", " + count);
          },
          [](const Hinted& node) {
            std::string hints;
            for (const auto& hint : node.hints) {
              hints += (hints.empty() ? "" : ", ") + hint.name + (hint.arguments.empty() ? "" : list(hint.arguments));
            }
            return "UnresolvedHint " + hints;
          },
          [](const EditColumns& node) {
            switch (node.kind) {
              case ColumnEditKind::kWith: return "WithColumns " + list(node.columns);
              case ColumnEditKind::kDrop: return "DataFrameDropColumns " + list(node.columns);
              case ColumnEditKind::kRename: break;
            }
            std::string renames;
            for (const auto& [from, to] : node.renames) {
              renames += (renames.empty() ? "" : ", ") + from + " AS " + to;
            }
            return "WithColumnsRenamed [" + renames + "]";
          },
          [](const Join& node) { return join_text(node); },
          [](const SetOperation& node) { return set_operation_text(node); },
          [](const RecursiveUnion& node) {
            return "UnionLoop " + std::to_string(node.loop) + ", " + std::to_string(node.max_level) + ", " +
                   list(node.output);
          },
          [](const Command& node) {
            const Plan whole{node, {}};
            const auto parts = expressions_of(whole);
            return command_name(node) + (parts.empty() ? "" : " " + list(parts));
          }},
      plan.node);
}

/// Resolved enough to print without a mark: nothing in its own expressions is open, and neither is the operator.
bool has_mark(const Plan& plan) {
  if (plan.is<Command>()) {
    const auto children = children_of(plan);
    for (const auto& child : children) {
      if (!is_resolved(*child)) { return true; }
    }
    return false;
  }
  return !is_resolved(plan);
}

void print_tree(const Plan& plan, const std::string& prefix, const std::string& rest, std::string& out) {
  out += prefix;
  if (has_mark(plan)) { out += '\''; }
  out += line_of(plan);
  out += '\n';
  const auto children = children_of(plan);
  for (std::size_t i = 0; i < children.size(); ++i) {
    const bool is_last = i + 1 == children.size();
    print_tree(*children[i], rest + (is_last ? "+- " : ":- "), rest + (is_last ? "   " : ":  "), out);
  }
}

}  // namespace

std::string command_name(const Command& command) {
  return std::visit([](const auto& node) { return std::string(type_name<std::remove_cvref_t<decltype(node)>>()); },
                    command.node);
}

std::string to_tree_string(const Plan& plan) {
  std::string out;
  print_tree(plan, "", "", out);
  return out;
}

}  // namespace hammerscale::sql
