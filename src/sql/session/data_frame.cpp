#include "hammerscale/sql/data_frame.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "hammerscale/base/error.hpp"
#include "sql/catalog/catalog.hpp"
#include "sql/parser/parser.hpp"
#include "sql/session/session_state.hpp"
#include "sql/types/value_text.hpp"

namespace hammerscale::sql {

namespace {

Expressions expressions_of(const std::vector<Column>& columns) {
  Expressions expressions;
  for (const auto& column : columns) { expressions.push_back(column.expression()); }
  return expressions;
}

std::vector<Column> named_columns(const std::vector<std::string>& names) {
  std::vector<Column> columns;
  for (const auto& name : names) { columns.push_back(col(name)); }
  return columns;
}

Expressions as_orders(const std::vector<Column>& orders) {
  Expressions expressions;
  for (const auto& order : orders) {
    expressions.push_back(order.expression()->is<SortOrder>()
                              ? order.expression()
                              : make_expression(SortOrder{order.expression(), true, true}));
  }
  return expressions;
}

ExpressionPtr attribute_named(const std::string& name) { return make_expression(UnresolvedAttribute{{name}}); }

JoinKind join_kind(std::string_view name) {
  std::string folded;
  for (const char c : name) {
    if (c != '_') { folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
  }
  static constexpr std::pair<std::string_view, JoinKind> kKinds[] = {
      {"inner", JoinKind::kInner},         {"cross", JoinKind::kCross},         {"outer", JoinKind::kFullOuter},
      {"full", JoinKind::kFullOuter},      {"fullouter", JoinKind::kFullOuter}, {"left", JoinKind::kLeftOuter},
      {"leftouter", JoinKind::kLeftOuter}, {"right", JoinKind::kRightOuter},    {"rightouter", JoinKind::kRightOuter},
      {"semi", JoinKind::kLeftSemi},       {"leftsemi", JoinKind::kLeftSemi},   {"anti", JoinKind::kLeftAnti},
      {"leftanti", JoinKind::kLeftAnti}};
  for (const auto& [known, kind] : kKinds) {
    if (known == folded) { return kind; }
  }
  throw SqlError("UNSUPPORTED_JOIN_TYPE",
                 {{"typ", std::string(name)},
                  {"supported",
                   "'inner', 'outer', 'full', 'fullouter', 'full_outer', 'leftouter', 'left', 'left_outer', "
                   "'rightouter', 'right', 'right_outer', 'leftsemi', 'left_semi', 'semi', 'leftanti', 'left_anti', "
                   "'anti', 'cross'"}});
}

PlanPtr make_set_operation(const DataFrame& a, const DataFrame& b, SetOperationKind kind, bool is_all,
                           bool by_name = false, bool allow_missing = false) {
  SetOperation operation;
  operation.inputs = {a.plan(), b.plan()};
  operation.kind = kind;
  operation.is_all = is_all;
  operation.by_name = by_name;
  operation.allow_missing_columns = allow_missing;
  return make_plan(std::move(operation));
}

}  // namespace

DataFrame::DataFrame(std::shared_ptr<SessionState> session, PlanPtr analyzed_plan)
    : session_(std::move(session)), plan_(std::move(analyzed_plan)) {}

DataFrame DataFrame::analyzed(PlanPtr plan) const { return {session_, session_->analyze_plan(plan)}; }

// ---- Columns

DataFrame DataFrame::select(const std::vector<Column>& columns) const {
  return analyzed(make_plan(Project{plan_, expressions_of(columns)}));
}
DataFrame DataFrame::select(const std::vector<std::string>& names) const { return select(named_columns(names)); }
DataFrame DataFrame::select_expr(const std::vector<std::string>& texts) const {
  std::vector<Column> selected;
  for (const auto& text : texts) { selected.push_back(expr(text)); }
  return select(selected);
}

DataFrame DataFrame::with_column(std::string_view name, const Column& column) const {
  return with_columns({{std::string(name), column}});
}
DataFrame DataFrame::with_columns(const std::vector<std::pair<std::string, Column>>& added) const {
  EditColumns edit;
  edit.child = plan_;
  edit.kind = ColumnEditKind::kWith;
  for (const auto& [name, column] : added) {
    edit.columns.push_back(make_expression(Alias{column.expression(), name}));
  }
  return analyzed(make_plan(std::move(edit)));
}
DataFrame DataFrame::with_column_renamed(std::string_view old_name, std::string_view new_name) const {
  return with_columns_renamed({{std::string(old_name), std::string(new_name)}});
}
DataFrame DataFrame::with_columns_renamed(const std::vector<std::pair<std::string, std::string>>& names) const {
  EditColumns edit;
  edit.child = plan_;
  edit.kind = ColumnEditKind::kRename;
  edit.renames = names;
  return analyzed(make_plan(std::move(edit)));
}
DataFrame DataFrame::drop(const std::vector<std::string>& names) const {
  EditColumns edit;
  edit.child = plan_;
  edit.kind = ColumnEditKind::kDrop;
  for (const auto& name : names) { edit.columns.push_back(attribute_named(name)); }
  return analyzed(make_plan(std::move(edit)));
}
DataFrame DataFrame::to_df(const std::vector<std::string>& names) const {
  const auto output = output_of(*plan_);
  if (names.size() != output.size()) {
    throw UserError(ErrorCode::kInvalidArgument, "there are not as many names as columns",
                    {{"names", std::to_string(names.size())}, {"columns", std::to_string(output.size())}});
  }
  Expressions list;
  for (std::size_t i = 0; i < names.size(); ++i) { list.push_back(make_expression(Alias{output[i], names[i]})); }
  return analyzed(make_plan(Project{plan_, std::move(list)}));
}
DataFrame DataFrame::alias(std::string_view name) const {
  return analyzed(make_plan(SubqueryAlias{plan_, {std::string(name)}, {}}));
}

// ---- Rows

DataFrame DataFrame::filter(const Column& condition) const {
  return analyzed(make_plan(Filter{plan_, condition.expression()}));
}
DataFrame DataFrame::filter(std::string_view condition) const { return filter(expr(condition)); }
DataFrame DataFrame::limit(std::int64_t num_rows) const {
  return analyzed(make_plan(Limit{plan_, make_bigint_literal(num_rows)}));
}
DataFrame DataFrame::offset(std::int64_t num_rows) const {
  return analyzed(make_plan(Offset{plan_, make_bigint_literal(num_rows)}));
}
DataFrame DataFrame::distinct() const { return analyzed(make_plan(Distinct{plan_})); }
DataFrame DataFrame::drop_duplicates(const std::vector<std::string>& names) const {
  if (names.empty()) { return distinct(); }
  return analyzed(make_plan(Deduplicate{plan_, expressions_of(named_columns(names))}));
}

DataFrame DataFrame::sample(double fraction, std::optional<std::int64_t> seed, bool with_replacement) const {
  if (!(fraction >= 0) || (!with_replacement && fraction > 1)) {
    throw UserError(ErrorCode::kInvalidArgument, "a sample's fraction is from 0 to 1, or larger with replacement",
                    {{"fraction", std::to_string(fraction)}});
  }
  Sample sampled;
  sampled.child = plan_;
  sampled.upper = fraction;
  sampled.with_replacement = with_replacement;
  sampled.seed = seed;
  return analyzed(make_plan(std::move(sampled)));
}

std::vector<DataFrame> DataFrame::random_split(const std::vector<double>& weights, std::int64_t seed) const {
  double total = 0;
  for (const double weight : weights) {
    if (!(weight >= 0)) {
      throw UserError(ErrorCode::kInvalidArgument, "weights are not negative", {{"weight", std::to_string(weight)}});
    }
    total += weight;
  }
  if (!(total > 0)) { throw UserError(ErrorCode::kInvalidArgument, "the weights' sum is 0"); }
  std::vector<DataFrame> parts;
  double lower = 0;
  for (const double weight : weights) {
    Sample part;
    part.child = plan_;
    part.lower = lower;
    part.upper = std::min(1.0, lower + weight / total);
    part.seed = seed;
    lower = part.upper;
    parts.push_back(analyzed(make_plan(std::move(part))));
  }
  return parts;
}

// ---- Order and partitions

DataFrame DataFrame::order_by(const std::vector<Column>& orders) const {
  return analyzed(make_plan(Sort{plan_, as_orders(orders), true}));
}
DataFrame DataFrame::order_by(const std::vector<std::string>& names) const { return order_by(named_columns(names)); }
DataFrame DataFrame::sort_within_partitions(const std::vector<Column>& orders) const {
  return analyzed(make_plan(Sort{plan_, as_orders(orders), false}));
}
DataFrame DataFrame::repartition(std::int32_t num_partitions, const std::vector<Column>& keys) const {
  return analyzed(make_plan(Repartition{plan_, keys.empty() ? RepartitionKind::kRoundRobin : RepartitionKind::kHash,
                                        expressions_of(keys), num_partitions}));
}
DataFrame DataFrame::repartition_by_range(std::int32_t num_partitions, const std::vector<Column>& keys) const {
  return analyzed(make_plan(Repartition{plan_, RepartitionKind::kRange, as_orders(keys), num_partitions}));
}
DataFrame DataFrame::coalesce(std::int32_t num_partitions) const {
  return analyzed(make_plan(Repartition{plan_, RepartitionKind::kCoalesce, {}, num_partitions}));
}
DataFrame DataFrame::hint(std::string_view name, const std::vector<Column>& arguments) const {
  return analyzed(make_plan(Hinted{plan_, {Hint{std::string(name), expressions_of(arguments)}}}));
}

// ---- Groups

GroupedData DataFrame::group_by(const std::vector<Column>& keys) const {
  return {*this, keys, GroupedData::Kind::kPlain};
}
GroupedData DataFrame::group_by(const std::vector<std::string>& keys) const { return group_by(named_columns(keys)); }
GroupedData DataFrame::rollup(const std::vector<Column>& keys) const {
  return {*this, keys, GroupedData::Kind::kRollup};
}
GroupedData DataFrame::cube(const std::vector<Column>& keys) const { return {*this, keys, GroupedData::Kind::kCube}; }
DataFrame DataFrame::agg(const std::vector<Column>& aggregates) const {
  return group_by(std::vector<Column>{}).agg(aggregates);
}

DataFrame GroupedData::agg(const std::vector<Column>& aggregates) const {
  if (pivot_column_) {
    Pivot pivot;
    pivot.child = frame_.plan_;
    pivot.grouping = expressions_of(keys_);
    pivot.has_grouping = true;
    pivot.columns = {pivot_column_->expression()};
    pivot.values = expressions_of(pivot_values_);
    pivot.aggregates = expressions_of(aggregates);
    return frame_.analyzed(make_plan(std::move(pivot)));
  }
  Aggregate aggregate;
  aggregate.child = frame_.plan_;
  aggregate.kind = kind_ == Kind::kRollup ? GroupingKind::kRollup
                   : kind_ == Kind::kCube ? GroupingKind::kCube
                                          : GroupingKind::kPlain;
  aggregate.grouping = expressions_of(keys_);
  aggregate.list = aggregate.grouping;
  for (const auto& column : aggregates) { aggregate.list.push_back(column.expression()); }
  return frame_.analyzed(make_plan(std::move(aggregate)));
}

DataFrame GroupedData::count() const {
  return agg({call_function("count", {Column(make_int_literal(1))}).alias("count")});
}

DataFrame GroupedData::each(std::string_view function, const std::vector<std::string>& names) const {
  std::vector<std::string> chosen = names;
  if (chosen.empty()) {
    for (const auto& field : frame_.schema()) {
      const bool is_key = std::ranges::any_of(keys_, [&](const Column& key) {
        const auto* name = key.expression()->get_if<UnresolvedAttribute>();
        return name != nullptr && same_name(name->parts.back(), field.name);
      });
      if (field.type.is_numeric() && !is_key) { chosen.push_back(field.name); }
    }
  }
  std::vector<Column> aggregates;
  for (const auto& name : chosen) { aggregates.push_back(call_function(function, {Column(attribute_named(name))})); }
  return agg(aggregates);
}

GroupedData GroupedData::pivot(std::string_view column, std::vector<Column> values) const {
  GroupedData pivoted = *this;
  pivoted.pivot_column_ = col(column);
  if (values.empty()) {
    const auto distinct = frame_.select({col(column)}).distinct();
    const auto type = distinct.schema()[0].type;
    for (auto& row : distinct.order_by(std::vector<Column>{Column(output_of(*distinct.plan())[0])}).collect()) {
      values.push_back(lit(std::move(row[0]), type));
    }
  }
  pivoted.pivot_values_ = std::move(values);
  return pivoted;
}

// ---- Several frames

DataFrame DataFrame::join(const DataFrame& other, const Column& condition, std::string_view kind) const {
  Join joined;
  joined.left = plan_;
  joined.right = other.plan_;
  joined.kind = join_kind(kind);
  joined.condition = condition.expression();
  return analyzed(make_plan(std::move(joined)));
}
DataFrame DataFrame::join(const DataFrame& other, const std::vector<std::string>& names, std::string_view kind) const {
  Join joined;
  joined.left = plan_;
  joined.right = other.plan_;
  joined.kind = join_kind(kind);
  joined.using_columns = names;
  return analyzed(make_plan(std::move(joined)));
}
DataFrame DataFrame::cross_join(const DataFrame& other) const {
  Join joined;
  joined.left = plan_;
  joined.right = other.plan_;
  joined.kind = JoinKind::kCross;
  return analyzed(make_plan(std::move(joined)));
}
DataFrame DataFrame::union_all(const DataFrame& other) const {
  return analyzed(make_set_operation(*this, other, SetOperationKind::kUnion, true));
}
DataFrame DataFrame::union_by_name(const DataFrame& other, bool allow_missing_columns) const {
  return analyzed(make_set_operation(*this, other, SetOperationKind::kUnion, true, true, allow_missing_columns));
}
DataFrame DataFrame::intersect(const DataFrame& other) const {
  return analyzed(make_set_operation(*this, other, SetOperationKind::kIntersect, false));
}
DataFrame DataFrame::intersect_all(const DataFrame& other) const {
  return analyzed(make_set_operation(*this, other, SetOperationKind::kIntersect, true));
}
DataFrame DataFrame::subtract(const DataFrame& other) const {
  return analyzed(make_set_operation(*this, other, SetOperationKind::kExcept, false));
}
DataFrame DataFrame::except_all(const DataFrame& other) const {
  return analyzed(make_set_operation(*this, other, SetOperationKind::kExcept, true));
}

// ---- Shape

DataFrame DataFrame::unpivot(const std::vector<Column>& ids, const std::vector<Column>& values,
                             std::string_view variable_column, std::string_view value_column) const {
  Unpivot unpivoted;
  unpivoted.child = plan_;
  unpivoted.ids = expressions_of(ids);
  unpivoted.has_ids = true;
  for (const auto& value : values) {
    unpivoted.values.push_back({value.expression()});
    unpivoted.value_aliases.emplace_back();
  }
  unpivoted.value_names = {std::string(value_column)};
  unpivoted.variable_name = std::string(variable_column);
  unpivoted.include_nulls = true;
  return analyzed(make_plan(std::move(unpivoted)));
}

DataFrame DataFrame::describe(const std::vector<std::string>& names) const {
  std::vector<std::string> chosen = names;
  if (chosen.empty()) { chosen = columns(); }
  return select(chosen).summary({"count", "mean", "stddev", "min", "max"});
}

DataFrame DataFrame::summary(const std::vector<std::string>& asked) const {
  const std::vector<std::string> statistics =
      asked.empty() ? std::vector<std::string>{"count", "mean", "stddev", "min", "25%", "50%", "75%", "max"} : asked;
  std::vector<Field> chosen;
  for (auto& field : schema()) {
    if (field.type.is_numeric() || field.type.is_string()) { chosen.push_back(std::move(field)); }
  }
  std::vector<Column> aggregates;
  for (const auto& statistic : statistics) {
    for (const auto& field : chosen) {
      const Column column(attribute_named(field.name));
      const Column number =
          field.type.is_string() ? column.try_cast(DataType(TypeId::kDouble)) : column.cast(DataType(TypeId::kDouble));
      if (statistic.ends_with("%")) {
        const Column share(std::stod(statistic.substr(0, statistic.size() - 1)) / 100.0);
        aggregates.push_back(call_function("approx_percentile", {number, share}).cast(DataType::string()));
      } else if (statistic == "count" || statistic == "min" || statistic == "max" || statistic == "count_distinct" ||
                 statistic == "approx_count_distinct") {
        aggregates.push_back(call_function(statistic, {column}).cast(DataType::string()));
      } else {
        aggregates.push_back(call_function(statistic, {number}).cast(DataType::string()));
      }
    }
  }
  Schema shape{{"summary", DataType::string(), true}};
  for (const auto& field : chosen) { shape.push_back({field.name, DataType::string(), true}); }
  std::vector<Row> rows;
  Row values;
  if (!aggregates.empty()) { values = agg(aggregates).collect().front(); }
  for (std::size_t s = 0; s < statistics.size(); ++s) {
    Row& row = rows.emplace_back();
    row.emplace_back(Value(statistics[s]));
    for (std::size_t c = 0; c < chosen.size(); ++c) { row.push_back(values[s * chosen.size() + c]); }
  }
  return {session_, make_local_relation({std::move(shape), std::move(rows)})};
}

DataFrameNa DataFrame::na() const { return DataFrameNa(*this); }
DataFrameStat DataFrame::stat() const { return DataFrameStat(*this); }

// ---- Actions

std::vector<Row> DataFrame::collect() const { return session_->collect_rows(plan_); }

std::vector<TextRow> DataFrame::collect_text(CellText style) const {
  const auto text_style = style == CellText::kShow ? TextStyle::kShow : TextStyle::kCast;
  std::vector<TextRow> rows;
  const auto batches = session_->collect(plan_);
  for (const Batch& batch : *batches) {
    batch.rows().for_each([&](std::int32_t r) {
      TextRow& row = rows.emplace_back();
      for (const Vector& column : batch.columns) {
        auto& cell = row.emplace_back();
        if (!column.is_null(r)) { append_cell_text(cell.emplace(), column, r, text_style, session_->time_zone()); }
      }
    });
  }
  return rows;
}

std::int64_t DataFrame::count() const {
  return agg({call_function("count", {Column(make_int_literal(1))})}).collect().front()[0].as_int64();
}
std::vector<Row> DataFrame::take(std::int64_t num_rows) const { return limit(num_rows).collect(); }
std::vector<Row> DataFrame::tail(std::int64_t num_rows) const {
  auto rows = collect();
  const auto size = static_cast<std::int64_t>(rows.size());
  if (num_rows < size) { rows.erase(rows.begin(), rows.end() - std::max<std::int64_t>(num_rows, 0)); }
  return rows;
}
std::optional<Row> DataFrame::first() const {
  auto rows = take(1);
  if (rows.empty()) { return std::nullopt; }
  return std::move(rows.front());
}
bool DataFrame::is_empty() const { return !first().has_value(); }
void DataFrame::for_each(const std::function<void(const Row&)>& f) const {
  for (const auto& row : collect()) { f(row); }
}

namespace {

std::size_t num_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string first_characters(const std::string& text, std::size_t count) {
  std::size_t at = 0;
  for (std::size_t seen = 0; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U && seen++ == count) { break; }
  }
  return text.substr(0, at);
}

}  // namespace

std::string DataFrame::show_string(std::int64_t num_rows, std::int32_t truncate) const {
  const auto types = schema();
  // One row more tells whether something is left out.
  auto rows = limit(num_rows + 1).collect_text(CellText::kShow);
  const bool has_more = static_cast<std::int64_t>(rows.size()) > num_rows;
  if (has_more) { rows.pop_back(); }
  std::vector<std::vector<std::string>> cells;
  auto& header = cells.emplace_back();
  for (const auto& field : types) { header.push_back(field.name); }
  for (const auto& row : rows) {
    auto& line = cells.emplace_back();
    for (const auto& cell : row) { line.push_back(cell.value_or("NULL")); }
  }
  std::vector<std::size_t> widths(types.size(), 3);
  const auto longest = static_cast<std::size_t>(truncate);
  for (std::size_t r = 0; r < cells.size(); ++r) {
    for (std::size_t c = 0; c < types.size(); ++c) {
      std::string& cell = cells[r][c];
      if (truncate > 0 && num_characters(cell) > longest) {
        cell = truncate < 4 ? first_characters(cell, longest) : first_characters(cell, longest - 3) + "...";
      }
      widths[c] = std::max(widths[c], num_characters(cell));
    }
  }
  std::string rule;
  for (const auto width : widths) { rule += "+" + std::string(width, '-'); }
  rule += "+\n";
  std::string out = rule;
  for (std::size_t r = 0; r < cells.size(); ++r) {
    for (std::size_t c = 0; c < types.size(); ++c) {
      const std::string padding(widths[c] - num_characters(cells[r][c]), ' ');
      // Spark aligns to the right unless cells are shown whole.
      out += "|" + (truncate > 0 ? padding + cells[r][c] : cells[r][c] + padding);
    }
    out += "|\n";
    if (r == 0) { out += rule; }
  }
  out += rule;
  if (has_more) { out += "only showing top " + std::to_string(num_rows) + " row" + (num_rows == 1 ? "" : "s") + "\n"; }
  return out;
}

void DataFrame::show(std::int64_t num_rows, std::int32_t truncate) const {
  const auto text = show_string(num_rows, truncate);
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

// ---- About

Schema DataFrame::schema() const { return schema_of(*plan_); }

std::vector<std::string> DataFrame::columns() const {
  std::vector<std::string> names;
  for (auto& field : schema()) { names.push_back(std::move(field.name)); }
  return names;
}

std::vector<std::pair<std::string, std::string>> DataFrame::dtypes() const {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& field : schema()) { out.emplace_back(field.name, field.type.to_string()); }
  return out;
}

namespace {

void append_type_tree(std::string& out, const std::string& indent, const std::string& name, const DataType& type,
                      bool nullable, std::string_view nullable_word) {
  const bool is_nested = type.is_nested();
  static constexpr std::string_view kNested[] = {"array", "map", "struct"};
  out +=
      indent + "-- " + name + ": " +
      (is_nested ? std::string(kNested[static_cast<std::size_t>(type.id()) - static_cast<std::size_t>(TypeId::kArray)])
                 : type.to_string()) +
      " (" + std::string(nullable_word) + " = " + (nullable ? "true" : "false") + ")\n";
  const std::string deeper = indent + "    |";
  if (type.id() == TypeId::kArray) {
    append_type_tree(out, deeper, "element", type.element(), type.contains_null(), "containsNull");
  } else if (type.id() == TypeId::kMap) {
    append_type_tree(out, deeper, "key", type.key(), false, "nullable");
    append_type_tree(out, deeper, "value", type.value(), type.contains_null(), "valueContainsNull");
  } else if (type.id() == TypeId::kStruct) {
    for (const auto& field : type.fields()) {
      append_type_tree(out, deeper, field.name, field.type, field.nullable, "nullable");
    }
  }
}

}  // namespace

std::string DataFrame::schema_string() const {
  std::string out = "root\n";
  for (const auto& field : schema()) {
    append_type_tree(out, " |", field.name, field.type, field.nullable, "nullable");
  }
  return out;
}

std::string DataFrame::explain(ExplainKind kind) const {
  const auto mode = kind == ExplainKind::kExtended    ? ExplainMode::kExtended
                    : kind == ExplainKind::kFormatted ? ExplainMode::kFormatted
                                                      : ExplainMode::kSimple;
  const PlanPtr shown = session_->execute(make_plan(Command{ExplainCommand{plan_, mode}}));
  return session_->collect_rows(shown).front()[0].as_string();
}

// ---- Keeping

DataFrame DataFrame::cache() const {
  const auto output = output_of(*plan_);
  auto source = std::make_shared<MemoryTableSource>(schema(), std::move(*session_->collect(plan_)));
  SourceRelation rows;
  rows.output = output;
  rows.source = session_->catalog().add_source(source);
  rows.name = "cached";
  return {session_, make_plan(std::move(rows))};
}

namespace {

TableInfo view_of(const PlanPtr& plan, std::string_view name) {
  TableInfo view;
  view.name = {std::string(name)};
  view.kind = TableKind::kTemporaryView;
  view.columns = schema_of(*plan);
  view.view_plan = plan;
  return view;
}

}  // namespace

void DataFrame::create_temp_view(std::string_view name) const {
  session_->catalog().create_temporary_view(view_of(plan_, name), false);
}
void DataFrame::create_or_replace_temp_view(std::string_view name) const {
  session_->catalog().create_temporary_view(view_of(plan_, name), true);
}
void DataFrame::create_global_temp_view(std::string_view name) const {
  session_->catalog().global_views().create(view_of(plan_, name), false);
}
void DataFrame::create_or_replace_global_temp_view(std::string_view name) const {
  session_->catalog().global_views().create(view_of(plan_, name), true);
}

}  // namespace hammerscale::sql
