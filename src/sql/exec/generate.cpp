#include "sql/exec/generate.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "hammerscale/base/error.hpp"
#include "sql/exec/expression_program.hpp"
#include "sql/functions/registry.hpp"
#include "sql/vector/vector_builder.hpp"

namespace hammerscale::sql {

namespace {

/// The first columns of a batch at these rows.
Batch repeat_rows(const Batch& batch, std::size_t num_columns, const std::vector<std::int32_t>& rows,
                  const VectorMemory& memory) {
  Batch result;
  result.num_rows = static_cast<std::int32_t>(rows.size());
  for (std::size_t i = 0; i < num_columns; ++i) { result.columns.push_back(batch.columns[i].gather(rows, memory)); }
  return result;
}

class GenerateTask final : public PassingReceiver {
 public:
  GenerateTask(const FunctionCall& call, Origin origin, const std::vector<DataType>& output_types, bool is_outer,
               TaskContext& context, BatchReceiver& next)
      : PassingReceiver(next), context_(context), output_types_(output_types), is_outer_(is_outer) {
    const ScalarFunction* function = builtin_functions().find_scalar(call.name);
    if (function == nullptr || !function->bind_generator) {
      throw InternalError("analysed call of an unknown generator", {{"function", call.name}});
    }
    CallInput input;
    input.name = call.name;
    input.origin = origin;
    input.context = &context.evaluation;
    for (const auto& argument : call.arguments) {
      const auto* literal = argument->get_if<Literal>();
      input.types.push_back(type_of(*argument));
      input.nullable.push_back(is_nullable(*argument));
      input.constants.push_back(literal != nullptr ? &literal->value : nullptr);
      input.sql.push_back(to_sql(*argument));
    }
    generator_ = function->bind_generator(input);
    program_ = ExpressionProgram::compile(call.arguments, context.evaluation);
  }

  void receive(Batch& batch) override {
    std::vector<Vector> values;
    program_.evaluate(batch, values);
    std::vector<const Vector*> arguments;
    for (const Vector& value : values) { arguments.push_back(&value); }
    const RowSet rows = batch.rows();
    // A few input rows at a time: one row may give very many.
    const std::int32_t step = 256;
    for (std::int32_t first = 0; first < rows.size && !next_.is_done(); first += step) {
      part_.clear();
      for (std::int32_t i = first; i < std::min(rows.size, first + step); ++i) { part_.push_back(rows[i]); }
      generate(batch, arguments);
    }
  }

 private:
  void generate(const Batch& batch, const std::vector<const Vector*>& arguments) {
    const VectorMemory& memory = context_.query.memory();
    std::vector<VectorBuilder> builders;
    for (const DataType& type : output_types_) { builders.emplace_back(type, memory); }
    std::vector<std::int32_t> counts(part_.size(), 0);
    generator_.generate(
        Arguments{arguments, {}, RowSet{part_.data(), static_cast<std::int32_t>(part_.size())}, context_.evaluation},
        builders, counts);
    std::vector<Vector> generated;
    for (auto& builder : builders) { generated.push_back(builder.finish()); }
    const bool has_gaps = is_outer_ && std::find(counts.begin(), counts.end(), 0) != counts.end();
    std::vector<std::int32_t> outer_rows;
    std::vector<std::int32_t> inner_rows;  // Of the generated columns; -1 is a row of NULLs.
    std::int32_t next_inner = 0;
    for (std::size_t i = 0; i < part_.size(); ++i) {
      for (std::int32_t k = 0; k < counts[i]; ++k) {
        outer_rows.push_back(part_[i]);
        inner_rows.push_back(next_inner++);
      }
      if (counts[i] == 0 && is_outer_) {
        outer_rows.push_back(part_[i]);
        inner_rows.push_back(-1);
      }
    }
    const auto batch_rows = static_cast<std::size_t>(context_.query.options().batch_rows);
    for (std::size_t first = 0; first < outer_rows.size() && !next_.is_done(); first += batch_rows) {
      const std::size_t count = std::min(batch_rows, outer_rows.size() - first);
      const auto from = static_cast<std::ptrdiff_t>(first);
      const auto to = static_cast<std::ptrdiff_t>(first + count);
      Batch result =
          repeat_rows(batch, batch.columns.size(), {outer_rows.begin() + from, outer_rows.begin() + to}, memory);
      for (const Vector& column : generated) {
        if (!has_gaps) {
          result.columns.push_back(column.gather(std::span(inner_rows).subspan(first, count), memory, true));
          continue;
        }
        VectorBuilder builder(column.type(), memory);
        for (std::size_t i = first; i < first + count; ++i) {
          if (inner_rows[i] < 0) {
            builder.append_null();
          } else {
            builder.append_from(column, inner_rows[i]);
          }
        }
        result.columns.push_back(builder.finish());
      }
      next_.receive(result);
    }
  }

  TaskContext& context_;
  const std::vector<DataType>& output_types_;
  bool is_outer_;
  BoundGenerator generator_;
  ExpressionProgram program_;
  std::vector<std::int32_t> part_;
};

class RepeatTask final : public PassingReceiver {
 public:
  RepeatTask(std::size_t num_columns, RepeatRule rule, bool is_all, TaskContext& context, BatchReceiver& next)
      : PassingReceiver(next), num_columns_(num_columns), rule_(rule), is_all_(is_all), context_(context) {}

  void receive(Batch& batch) override {
    const ColumnReader<std::int64_t> left(batch.columns[num_columns_]);
    const ColumnReader<std::int64_t> right(batch.columns[num_columns_ + 1]);
    std::vector<std::int32_t> rows;
    const auto give = [&] {
      if (rows.empty()) { return; }
      Batch result = repeat_rows(batch, num_columns_, rows, context_.query.memory());
      rows.clear();
      next_.receive(result);
    };
    batch.rows().for_each([&](std::int32_t row) {
      for (std::int64_t n = times(left[row], right[row]); n > 0; --n) {
        rows.push_back(row);
        if (static_cast<std::int32_t>(rows.size()) >= context_.query.options().batch_rows) { give(); }
      }
    });
    give();
  }

 private:
  [[nodiscard]] std::int64_t times(std::int64_t left, std::int64_t right) const {
    if (rule_ == RepeatRule::kIntersect) {
      const std::int64_t both = std::min(left, right);
      return is_all_ ? both : std::min<std::int64_t>(both, 1);
    }
    if (is_all_) { return std::max<std::int64_t>(left - right, 0); }
    return left > 0 && right == 0 ? 1 : 0;
  }

  std::size_t num_columns_;
  RepeatRule rule_;
  bool is_all_;
  TaskContext& context_;
};

}  // namespace

std::unique_ptr<BatchReceiver> GenerateOperator::make_task(TaskContext& context, BatchReceiver& next) {
  const auto* call = generator_->get_if<FunctionCall>();
  if (call == nullptr) { throw InternalError("generator is no function call"); }
  return std::make_unique<GenerateTask>(*call, generator_->origin, output_types_, is_outer_, context, next);
}

std::unique_ptr<BatchReceiver> RepeatOperator::make_task(TaskContext& context, BatchReceiver& next) {
  return std::make_unique<RepeatTask>(num_columns_, rule_, is_all_, context, next);
}

}  // namespace hammerscale::sql
