#include "sql/exec/expression_program.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "hammerscale/base/check.hpp"
#include "hammerscale/base/error.hpp"
#include "sql/exec/copy_rows.hpp"
#include "sql/functions/registry.hpp"
#include "sql/types/cast.hpp"

namespace hammerscale::sql {

namespace {

/// Rows that steps are asked for, and the larger set they were taken from.
struct Scope {
  RowSet rows;
  const Scope* parent = nullptr;
  std::uint64_t id = 0;  ///< Unique in a program.
};

/// What all steps of one program share while a batch is evaluated.
struct Frame {
  EvaluationContext* context = nullptr;
  const std::vector<Vector>* columns = nullptr;
  std::int32_t num_rows = 0;
  std::uint64_t last_scope = 0;

  Scope narrow(const Scope& from, const std::vector<std::int32_t>& rows) {
    return Scope{RowSet{rows.data(), static_cast<std::int32_t>(rows.size())}, &from, ++last_scope};
  }
};

bool has_fixed_width(const DataType& type) {
  switch (type.physical()) {
    case PhysicalType::kNone:
    case PhysicalType::kString:
    case PhysicalType::kList:
    case PhysicalType::kStruct: return false;
    default: return true;
  }
}

/// One step of a program, with its register.
class Step {
 public:
  Step(Frame& frame, DataType type) : frame_(frame), type_(std::move(type)) {}
  virtual ~Step() = default;
  Step(const Step&) = delete;
  Step& operator=(const Step&) = delete;

  [[nodiscard]] const DataType& type() const noexcept { return type_; }
  /// Whether it or a part of it may throw for some rows.
  [[nodiscard]] bool can_fail() const noexcept { return can_fail_; }
  /// Rough work a row; 1 is an addition.
  [[nodiscard]] int cost() const noexcept { return cost_; }
  /// Its value, when it has only one.
  [[nodiscard]] virtual const Value* constant() const { return nullptr; }

  /// The values for the rows of a scope. The reference holds until the step is asked for rows outside the scope.
  const Vector& value(const Scope& scope) {
    for (const Scope* known = &scope; known != nullptr; known = known->parent) {
      if (known->id == computed_for_) { return *result_; }
    }
    result_ = compute(scope);
    computed_for_ = scope.id;
    return *result_;
  }
  /// Forgets what was computed, so that the memory of results that nobody shares serves the next batch.
  virtual void reset() { computed_for_ = 0; }

 protected:
  virtual const Vector* compute(const Scope& scope) = 0;

  void depend_on(const Step& part) {
    can_fail_ = can_fail_ || part.can_fail();
    cost_ += part.cost();
  }

  Frame& frame_;
  DataType type_;
  bool can_fail_ = false;
  int cost_ = 1;

 private:
  const Vector* result_ = nullptr;
  std::uint64_t computed_for_ = 0;
};

class ColumnStep final : public Step {
 public:
  ColumnStep(Frame& frame, const BoundReference& reference)
      : Step(frame, reference.type), index_(static_cast<std::size_t>(reference.index)) {
    cost_ = 0;
  }

 private:
  const Vector* compute(const Scope& /*scope*/) override {
    HS_ASSERT(index_ < frame_.columns->size());
    return &(*frame_.columns)[index_];
  }

  std::size_t index_;
};

class ConstantStep final : public Step {
 public:
  ConstantStep(Frame& frame, Value value, DataType type)
      : Step(frame, type), value_(std::move(value)), vector_(Vector::constant(value_, type, 1, frame.context->memory)) {
    cost_ = 0;
  }
  [[nodiscard]] const Value* constant() const override { return &value_; }

 private:
  const Vector* compute(const Scope& /*scope*/) override {
    vector_.set_size(frame_.num_rows);
    return &vector_;
  }

  Value value_;
  Vector vector_;
};

/// A lambda argument: a program of its own over its variables and the values it captures.
class LambdaStep final : public LambdaCall {
 public:
  LambdaStep(const LambdaFunction& lambda, EvaluationContext& context) : context_(context) {
    std::vector<AttributeId> variables;
    for (const auto& variable : lambda.variables) { variables.push_back(variable->get_if<LambdaVariable>()->id); }
    num_variables_ = variables.size();
    const auto bind = [&](const ExpressionPtr& part) -> ExpressionPtr {
      if (const auto* variable = part->get_if<LambdaVariable>()) {
        const auto found = std::find(variables.begin(), variables.end(), variable->id);
        if (found != variables.end()) {
          return make_expression(
              BoundReference{static_cast<std::int32_t>(found - variables.begin()), variable->type, variable->nullable});
        }
        return capture(part, variable->type, variable->nullable);
      }
      if (const auto* column = part->get_if<BoundReference>()) { return capture(part, column->type, column->nullable); }
      return part;
    };
    const ExpressionPtr body = bind_body(lambda.body, bind);
    program_ = ExpressionProgram::compile(std::span(&body, 1), context);
  }

  /// Outer values it reads, in the order that set_captured takes them.
  [[nodiscard]] const Expressions& captured() const noexcept { return captured_; }
  void set_captured(std::vector<const Vector*> vectors) { captured_vectors_ = std::move(vectors); }
  [[nodiscard]] bool can_fail() const noexcept { return program_.can_fail(); }
  [[nodiscard]] const DataType& type() const { return program_.type(0); }

  Vector call(std::span<const Vector> variables, std::span<const std::int32_t> outer_rows) override {
    Batch batch;
    batch.num_rows = static_cast<std::int32_t>(outer_rows.size());
    batch.columns.assign(variables.begin(), variables.end());
    batch.columns.resize(num_variables_);
    for (const Vector* vector : captured_vectors_) {
      batch.columns.push_back(vector->gather(outer_rows, context_.memory));
    }
    std::vector<Vector> results;
    program_.evaluate(batch, results);
    return std::move(results.front());
  }

 private:
  /// Variables of nested lambdas belong to those: only this lambda's and outer ones are replaced inside their bodies.
  static ExpressionPtr bind_body(const ExpressionPtr& body,
                                 const std::function<ExpressionPtr(const ExpressionPtr&)>& bind) {
    std::vector<AttributeId> inner;
    for_each(body, [&](const ExpressionPtr& part) {
      if (const auto* lambda = part->get_if<LambdaFunction>()) {
        for (const auto& variable : lambda->variables) { inner.push_back(variable->get_if<LambdaVariable>()->id); }
      }
      return true;
    });
    return transform_up(body, [&](const ExpressionPtr& part) {
      const auto* variable = part->get_if<LambdaVariable>();
      if (variable != nullptr && std::find(inner.begin(), inner.end(), variable->id) != inner.end()) { return part; }
      return bind(part);
    });
  }

  ExpressionPtr capture(const ExpressionPtr& outer, const DataType& type, bool nullable) {
    std::size_t i = 0;
    while (i < captured_.size() && !equal(captured_[i], outer)) { ++i; }
    if (i == captured_.size()) { captured_.push_back(outer); }
    return make_expression(BoundReference{static_cast<std::int32_t>(num_variables_ + i), type, nullable});
  }

  EvaluationContext& context_;
  std::size_t num_variables_ = 0;
  Expressions captured_;
  std::vector<const Vector*> captured_vectors_;
  ExpressionProgram program_;
};

/// A call of a scalar function, or a cast.
class CallStep final : public Step {
 public:
  struct Argument {
    Step* step = nullptr;
    std::unique_ptr<LambdaStep> lambda;
    std::vector<Step*> captured;
  };

  CallStep(Frame& frame, BoundFunction function, std::vector<Argument> arguments, bool is_deterministic)
      : Step(frame, function.type), function_(std::move(function)), arguments_(std::move(arguments)) {
    can_fail_ = function_.can_fail;
    bool all_fixed = has_fixed_width(type_);
    cost_ = all_fixed ? 1 : 16;
    bool has_lambdas = false;
    for (const auto& argument : arguments_) {
      if (argument.step != nullptr) {
        depend_on(*argument.step);
        const bool fixed = has_fixed_width(argument.step->type());
        all_fixed = all_fixed && fixed;
        cost_ += fixed ? 0 : 8;
      } else {
        has_lambdas = true;
        can_fail_ = can_fail_ || argument.lambda->can_fail();
        for (const Step* captured : argument.captured) { depend_on(*captured); }
        cost_ += 100;
      }
      vectors_.push_back(nullptr);
      lambdas_.push_back(argument.lambda.get());
    }
    if (!has_lambdas) { lambdas_.clear(); }
    // Such a function may be computed for rows that nobody asked for: their values may be anything.
    may_run_densely_ = all_fixed && !function_.can_fail && !has_lambdas && is_deterministic;
    may_peel_ = is_deterministic && !has_lambdas && function_.nulls == NullPolicy::kPropagate;
  }

 private:
  const Vector* compute(const Scope& scope) override {
    for (std::size_t i = 0; i < arguments_.size(); ++i) {
      Argument& argument = arguments_[i];
      if (argument.step != nullptr) {
        vectors_[i] = &argument.step->value(scope);
      } else {
        std::vector<const Vector*> captured;
        for (Step* step : argument.captured) { captured.push_back(&step->value(scope)); }
        argument.lambda->set_captured(std::move(captured));
      }
    }
    if (may_peel_) {
      if (const Vector* peeled = compute_peeled(scope)) { return peeled; }
    }
    run(vectors_, scope.rows, frame_.num_rows, register_);
    return &register_;
  }

  /// Evaluates for the entries of the one dictionary that all arguments but constants share; null when there is none,
  /// or when it has more entries than the batch has rows.
  const Vector* compute_peeled(const Scope& scope) {
    const Vector* shared = nullptr;
    for (const Vector* vector : vectors_) {
      if (vector->encoding() == Encoding::kConstant) { continue; }
      if (vector->encoding() != Encoding::kDictionary) { return nullptr; }
      if (shared != nullptr &&
          (shared->dictionary_values() != vector->dictionary_values() || shared->indices() != vector->indices())) {
        return nullptr;
      }
      shared = vector;
    }
    if (shared == nullptr) { return nullptr; }
    const auto& dictionary = shared->dictionary_values();
    const bool known = dictionary == peeled_from_ && !can_fail_;
    if (!known) {
      const std::int32_t num_entries = dictionary->size();
      if (num_entries > scope.rows.size) { return nullptr; }
      peeled_arguments_.assign(vectors_.size(), nullptr);
      for (std::size_t i = 0; i < vectors_.size(); ++i) {
        peeled_arguments_[i] = vectors_[i]->encoding() == Encoding::kDictionary ? dictionary.get() : vectors_[i];
      }
      auto values = std::make_shared<Vector>();
      RowSet rows{nullptr, num_entries};
      if (function_.can_fail) {
        // Entries that no row uses must not fail.
        used_.assign(static_cast<std::size_t>(num_entries), false);
        scope.rows.for_each([&](std::int32_t row) { used_[static_cast<std::size_t>(shared->indices()[row])] = true; });
        entries_.clear();
        for (std::int32_t i = 0; i < num_entries; ++i) {
          if (used_[static_cast<std::size_t>(i)]) { entries_.push_back(i); }
        }
        rows = RowSet{entries_.data(), static_cast<std::int32_t>(entries_.size())};
      }
      run(peeled_arguments_, rows, num_entries, *values);
      peeled_from_ = dictionary;
      peeled_values_ = std::move(values);
    }
    peeled_ = shared->with_dictionary(peeled_values_);
    return &peeled_;
  }

  void run(std::vector<const Vector*>& vectors, RowSet rows, std::int32_t num_rows, Vector& result) {
    result.prepare(type_, num_rows, frame_.context->memory);
    result.set_size(num_rows);
    if (may_run_densely_ && !rows.is_all() && rows.size > num_rows / 2) { rows = RowSet{nullptr, num_rows}; }
    const std::span<LambdaCall* const> lambdas(lambdas_.data(), lambdas_.size());
    if (function_.nulls == NullPolicy::kHandled) {
      function_.evaluate(Arguments{vectors, lambdas, rows, *frame_.context}, result);
      return;
    }
    bool has_nulls = false;
    for (const Vector* vector : vectors) { has_nulls = has_nulls || (vector != nullptr && vector->may_have_nulls()); }
    if (!has_nulls) {
      function_.evaluate(Arguments{vectors, lambdas, rows, *frame_.context}, result);
      return;
    }
    const auto num_words = static_cast<std::size_t>(bitmap::words(num_rows));
    valid_.assign(num_words, ~std::uint64_t{0});
    for (const Vector* vector : vectors) {
      if (vector != nullptr) { intersect_validity(*vector, num_rows); }
    }
    if (may_run_densely_) {
      function_.evaluate(Arguments{vectors, lambdas, rows, *frame_.context}, result);
    } else {
      not_null_.clear();
      if (rows.is_all()) {
        append_set_bits(valid_.data(), rows.size, not_null_);
      } else {
        rows.for_each([&](std::int32_t row) {
          if (bitmap::get(valid_.data(), row)) { not_null_.push_back(row); }
        });
      }
      const RowSet wanted{not_null_.data(), static_cast<std::int32_t>(not_null_.size())};
      if (wanted.size > 0) { function_.evaluate(Arguments{vectors, lambdas, wanted, *frame_.context}, result); }
    }
    std::uint64_t* validity = result.mutable_validity();
    for (std::size_t i = 0; i < num_words; ++i) { validity[i] &= valid_[i]; }
  }

  void intersect_validity(const Vector& vector, std::int32_t num_rows) {
    if (!vector.may_have_nulls()) { return; }
    if (vector.encoding() == Encoding::kFlat && vector.validity() != nullptr) {
      for (std::size_t i = 0; i < valid_.size(); ++i) { valid_[i] &= vector.validity()[i]; }
      return;
    }
    if (vector.type().is_null() || vector.encoding() == Encoding::kConstant) {
      if (vector.is_null(0)) { std::fill(valid_.begin(), valid_.end(), 0); }
      return;
    }
    for (std::int32_t row = 0; row < num_rows; ++row) {
      if (vector.is_null(row)) { bitmap::clear(valid_.data(), row); }
    }
  }

  static void append_set_bits(const std::uint64_t* bits, std::int32_t num_bits, std::vector<std::int32_t>& rows) {
    for (std::int32_t word = 0; word < bitmap::words(num_bits); ++word) {
      std::uint64_t left = bits[word];
      if (word == num_bits / 64) { left &= (std::uint64_t{1} << (num_bits % 64)) - 1; }
      for (; left != 0; left &= left - 1) { rows.push_back(word * 64 + __builtin_ctzll(left)); }
    }
  }

  BoundFunction function_;
  std::vector<Argument> arguments_;
  std::vector<const Vector*> vectors_;
  std::vector<LambdaCall*> lambdas_;
  bool may_run_densely_ = false;
  bool may_peel_ = false;
  Vector register_;
  std::vector<std::uint64_t> valid_;
  std::vector<std::int32_t> not_null_;
  std::shared_ptr<const Vector> peeled_from_;  ///< Dictionary that peeled_values_ belongs to.
  std::shared_ptr<const Vector> peeled_values_;
  std::vector<const Vector*> peeled_arguments_;
  std::vector<bool> used_;
  std::vector<std::int32_t> entries_;
  Vector peeled_;
};

/// AND or OR of two or more, three-valued. A row leaves once a part decided it: false for AND, true for OR.
class JunctionStep final : public Step {
 public:
  JunctionStep(Frame& frame, bool is_and, std::vector<Step*> parts)
      : Step(frame, DataType(TypeId::kBoolean)), is_and_(is_and), parts_(std::move(parts)) {
    for (const Step* part : parts_) { depend_on(*part); }
    for (std::size_t i = 1; i < parts_.size(); ++i) {
      // Cheap parts that cannot fail are computed for all rows and combined word by word.
      all_cheap_ = all_cheap_ && !parts_[i]->can_fail() && parts_[i]->cost() <= 4;
    }
  }

 private:
  const Vector* compute(const Scope& scope) override {
    register_.prepare(type_, frame_.num_rows, frame_.context->memory);
    register_.set_size(frame_.num_rows);
    const bool decides = !is_and_;
    std::uint64_t* bits = register_.mutable_bits();
    const auto num_words = static_cast<std::size_t>(bitmap::words(frame_.num_rows));
    std::fill_n(bits, num_words, is_and_ ? ~std::uint64_t{0} : 0);
    bool has_nulls = false;
    if (all_cheap_ && combine_words(scope, bits, num_words)) { return &register_; }

    undecided_.clear();
    scope.rows.for_each([&](std::int32_t row) { undecided_.push_back(row); });
    std::fill_n(bits, num_words, is_and_ ? ~std::uint64_t{0} : 0);
    for (Step* part : parts_) {
      if (undecided_.empty()) { break; }
      const Scope narrowed = part == parts_.front() ? scope : frame_.narrow(scope, undecided_);
      const ColumnReader<bool> values(part->value(narrowed));
      const bool all_null = part->type().is_null();
      next_.clear();
      for (const std::int32_t row : undecided_) {
        if (all_null || values.is_null(row)) {
          if (!has_nulls) { has_nulls = true; }
          register_.set_null(row);
          next_.push_back(row);
        } else if (values[row] == decides) {
          bitmap::assign(bits, row, decides);
          if (has_nulls) { bitmap::set(register_.mutable_validity(), row); }
        } else {
          next_.push_back(row);
        }
      }
      std::swap(undecided_, next_);
    }
    return &register_;
  }

  /// The whole result from whole parts without NULLs. False when a part has NULLs or another encoding.
  bool combine_words(const Scope& scope, std::uint64_t* bits, std::size_t num_words) {
    if (!scope.rows.is_all()) { return false; }
    for (Step* part : parts_) {
      const Vector& values = part->value(scope);
      if (values.encoding() != Encoding::kFlat || values.may_have_nulls()) { return false; }
      for (std::size_t i = 0; i < num_words; ++i) {
        bits[i] = is_and_ ? bits[i] & values.bits()[i] : bits[i] | values.bits()[i];
      }
    }
    return true;
  }

  bool is_and_;
  std::vector<Step*> parts_;
  bool all_cheap_ = true;
  Vector register_;
  std::vector<std::int32_t> undecided_;
  std::vector<std::int32_t> next_;
};

/// CASE WHEN, IF and COALESCE: each row takes the value of the first branch that claims it.
class ChoiceStep final : public Step {
 public:
  struct Branch {
    Step* condition = nullptr;  ///< Null: claims the rows where its value is not NULL (COALESCE).
    Step* value = nullptr;
  };

  /// @param otherwise  value of the rows that no branch claims; null: NULL.
  ChoiceStep(Frame& frame, DataType type, std::vector<Branch> branches, Step* otherwise)
      : Step(frame, std::move(type)), branches_(std::move(branches)), otherwise_(otherwise) {
    for (const auto& branch : branches_) {
      if (branch.condition != nullptr) { depend_on(*branch.condition); }
      depend_on(*branch.value);
    }
    if (otherwise_ != nullptr) { depend_on(*otherwise_); }
  }

 private:
  const Vector* compute(const Scope& scope) override {
    RowMerger merger(type_, frame_.num_rows, frame_.context->memory, register_);
    left_.clear();
    bool first = true;
    std::int32_t num_left = scope.rows.size;
    for (const Branch& branch : branches_) {
      if (num_left == 0) { break; }
      const Scope asked = first ? scope : frame_.narrow(scope, left_);
      claimed_.clear();
      if (branch.condition != nullptr) {
        select_true(branch.condition->value(asked), asked.rows, claimed_);
        if (!claimed_.empty()) {
          const bool all = static_cast<std::int32_t>(claimed_.size()) == asked.rows.size;
          const Scope inner = all ? asked : frame_.narrow(asked, claimed_);
          const Vector& value = branch.value->value(inner);
          if (all && first) { return share(value); }
          merger.take(value, inner.rows);
        }
      } else {
        const Vector& value = branch.value->value(asked);
        asked.rows.for_each([&](std::int32_t row) {
          if (!value.is_null(row)) { claimed_.push_back(row); }
        });
        if (static_cast<std::int32_t>(claimed_.size()) == asked.rows.size && first) { return share(value); }
        if (!claimed_.empty()) {
          merger.take(value, RowSet{claimed_.data(), static_cast<std::int32_t>(claimed_.size())});
        }
      }
      remove_claimed(asked.rows);
      num_left = static_cast<std::int32_t>(left_.size());
      first = false;
    }
    if (num_left > 0) {
      const Scope asked = first ? scope : frame_.narrow(scope, left_);
      if (otherwise_ != nullptr) {
        const Vector& value = otherwise_->value(asked);
        if (num_left == scope.rows.size) { return share(value); }
        merger.take(value, asked.rows);
      } else {
        merger.set_null(asked.rows);
      }
    }
    merger.finish();
    return &register_;
  }

  /// left_ becomes the rows that were not claimed.
  void remove_claimed(RowSet rows) {
    next_.clear();
    std::size_t i = 0;
    rows.for_each([&](std::int32_t row) {
      if (i < claimed_.size() && claimed_[i] == row) {
        ++i;
      } else {
        next_.push_back(row);
      }
    });
    std::swap(left_, next_);
  }

  /// The handle is copied: the branch's own register may be filled again for other rows of this batch.
  const Vector* share(const Vector& value) {
    if (value.type().is_null() && !type_.is_null()) {
      shared_ = Vector::constant(Value(), type_, frame_.num_rows, frame_.context->memory);
    } else {
      shared_ = value;
      shared_.set_type(type_);
    }
    return &shared_;
  }
  void reset() override {
    Step::reset();
    shared_ = Vector();
  }

  std::vector<Branch> branches_;
  Step* otherwise_;
  Vector register_;
  Vector shared_;
  std::vector<std::int32_t> left_;
  std::vector<std::int32_t> next_;
  std::vector<std::int32_t> claimed_;
};

/// Cost and selectivity of a conjunct, from the batches that were timed.
struct ConjunctRecord {
  double seconds = 0;
  double rows_in = 0;
  double rows_out = 0;

  /// Time to remove one row: the smaller, the earlier.
  [[nodiscard]] double rank() const {
    const double removed = rows_in - rows_out;
    return seconds / (removed < 0.5 ? 0.5 : removed);
  }
};

}  // namespace

struct ExpressionProgram::State {
  Frame frame;
  std::vector<std::unique_ptr<Step>> steps;
  std::vector<Step*> roots;
  std::unordered_multimap<std::size_t, std::pair<ExpressionPtr, Step*>> known;
  std::vector<std::size_t> order;  ///< Of conjuncts, for filter.
  std::vector<ConjunctRecord> records;
  std::int64_t num_filtered = 0;
  std::shared_ptr<std::vector<std::int32_t>> spare_selection;

  template <typename T, typename... Args>
  Step* add(Args&&... args) {
    steps.push_back(std::make_unique<T>(frame, std::forward<Args>(args)...));
    return steps.back().get();
  }

  Step* step_of(const ExpressionPtr& expression) {
    if (const auto* alias = expression->get_if<Alias>()) { return step_of(alias->child); }
    const bool may_share = is_deterministic(*expression);
    const std::size_t hash = may_share ? hash_of(expression) : 0;
    if (may_share) {
      const auto [first, last] = known.equal_range(hash);
      for (auto entry = first; entry != last; ++entry) {
        if (equal(entry->second.first, expression)) { return entry->second.second; }
      }
    }
    Step* step = fold(make_step(expression), may_share);
    if (may_share) { known.emplace(hash, std::pair(expression, step)); }
    return step;
  }

  /// A constant step in place of one whose parts are all constant; the step itself when computing it fails.
  Step* fold(Step* step, bool is_deterministic) {
    if (!is_deterministic || step->constant() != nullptr || !has_only_constants(step)) { return step; }
    try {
      const std::vector<Vector> no_columns;
      frame.columns = &no_columns;
      frame.num_rows = 1;
      const Scope scope{RowSet{nullptr, 1}, nullptr, ++frame.last_scope};
      const Value value = step->value(scope).value(0);
      return add<ConstantStep>(value, step->type());
    } catch (const Error&) {
      step->reset();
      return step;
    }
  }

  std::unordered_map<const Step*, bool> constant_parts;
  bool has_only_constants(const Step* step) const {
    const auto found = constant_parts.find(step);
    return found != constant_parts.end() && found->second;
  }
  /// Notes whether a new step's parts are all constants (and there are some, or it is a call without arguments).
  Step* note_parts(Step* step, std::initializer_list<const Step*> parts) {
    return note_parts(step, std::vector<const Step*>(parts));
  }
  Step* note_parts(Step* step, const std::vector<const Step*>& parts) {
    constant_parts[step] =
        std::all_of(parts.begin(), parts.end(), [](const Step* part) { return part->constant() != nullptr; });
    return step;
  }

  Step* make_step(const ExpressionPtr& expression) {
    if (const auto* column = expression->get_if<BoundReference>()) { return add<ColumnStep>(*column); }
    if (const auto* literal = expression->get_if<Literal>()) {
      return add<ConstantStep>(literal->value, literal->type);
    }
    if (const auto* cast = expression->get_if<Cast>()) { return cast_step(*cast, *expression); }
    if (const auto* choice = expression->get_if<CaseWhen>()) {
      std::vector<ChoiceStep::Branch> branches;
      std::vector<const Step*> parts;
      for (const auto& [condition, value] : choice->branches) {
        branches.push_back({step_of(condition), step_of(value)});
        parts.push_back(branches.back().condition);
        parts.push_back(branches.back().value);
      }
      Step* otherwise = choice->otherwise ? step_of(choice->otherwise) : nullptr;
      if (otherwise != nullptr) { parts.push_back(otherwise); }
      return note_parts(add<ChoiceStep>(type_of(*expression), std::move(branches), otherwise), parts);
    }
    if (const auto* call = expression->get_if<FunctionCall>()) { return call_step(*call, expression); }
    throw InternalError("expression cannot be evaluated by itself", {{"expression", to_string(*expression)}});
  }

  Step* cast_step(const Cast& cast, const Expression& expression) {
    Step* child = step_of(cast.child);
    if (child->type() == cast.type) { return child; }
    std::vector<CallStep::Argument> arguments(1);
    arguments[0].step = child;
    BoundFunction function =
        bind_cast(child->type(), cast.type, cast.mode, *frame.context, to_sql(expression), expression.origin);
    return note_parts(add<CallStep>(std::move(function), std::move(arguments), true), {child});
  }

  Step* call_step(const FunctionCall& call, const ExpressionPtr& expression) {
    const auto& arguments = call.arguments;
    if (call.name == "and" || call.name == "or") {
      std::vector<Step*> parts;
      add_junction_parts(call.name, expression, parts);
      return note_parts(add<JunctionStep>(call.name == "and", parts),
                        std::vector<const Step*>(parts.begin(), parts.end()));
    }
    if (call.name == "if" && arguments.size() == 3) {
      std::vector<ChoiceStep::Branch> branches{{step_of(arguments[0]), step_of(arguments[1])}};
      const std::vector<const Step*> parts{branches[0].condition, branches[0].value, step_of(arguments[2])};
      return note_parts(add<ChoiceStep>(call.type, std::move(branches), step_of(arguments[2])), parts);
    }
    if (call.name == "coalesce" || call.name == "nvl" || call.name == "ifnull") {
      std::vector<ChoiceStep::Branch> branches;
      std::vector<const Step*> parts;
      for (const auto& argument : arguments) {
        branches.push_back({nullptr, step_of(argument)});
        parts.push_back(branches.back().value);
      }
      return note_parts(add<ChoiceStep>(call.type, std::move(branches), nullptr), parts);
    }
    return function_step(call, expression);
  }

  void add_junction_parts(const std::string& name, const ExpressionPtr& expression, std::vector<Step*>& parts) {
    const auto* call = expression->get_if<FunctionCall>();
    if (call != nullptr && call->name == name) {
      for (const auto& argument : call->arguments) { add_junction_parts(name, argument, parts); }
    } else {
      parts.push_back(step_of(expression));
    }
  }

  Step* function_step(const FunctionCall& call, const ExpressionPtr& expression) {
    const ScalarFunction* function = builtin_functions().find_scalar(call.name);
    if (function == nullptr || !function->bind) {
      throw InternalError("analysed call of an unknown function", {{"function", call.name}});
    }
    CallInput input;
    input.name = call.name;
    input.context = frame.context;
    input.origin = expression->origin;
    std::vector<CallStep::Argument> arguments(call.arguments.size());
    std::vector<const Step*> parts;
    bool has_lambdas = false;
    for (std::size_t i = 0; i < call.arguments.size(); ++i) {
      const ExpressionPtr& argument = call.arguments[i];
      if (const auto* lambda = argument->get_if<LambdaFunction>()) {
        has_lambdas = true;
        arguments[i].lambda = std::make_unique<LambdaStep>(*lambda, *frame.context);
        for (const auto& captured : arguments[i].lambda->captured()) {
          arguments[i].captured.push_back(step_of(captured));
        }
        input.types.push_back(arguments[i].lambda->type());
        input.nullable.push_back(is_nullable(*lambda->body));
        input.constants.push_back(nullptr);
      } else {
        arguments[i].step = step_of(argument);
        parts.push_back(arguments[i].step);
        input.types.push_back(arguments[i].step->type());
        input.nullable.push_back(is_nullable(*argument));
        input.constants.push_back(arguments[i].step->constant());
      }
      input.sql.push_back(to_sql(*argument));
    }
    Step* step = add<CallStep>(function->bind(input), std::move(arguments), call.is_deterministic);
    return has_lambdas ? step : note_parts(step, parts);
  }
};

ExpressionProgram::ExpressionProgram() = default;
ExpressionProgram::ExpressionProgram(ExpressionProgram&&) noexcept = default;
ExpressionProgram& ExpressionProgram::operator=(ExpressionProgram&&) noexcept = default;
ExpressionProgram::~ExpressionProgram() = default;

ExpressionProgram ExpressionProgram::compile(std::span<const ExpressionPtr> expressions, EvaluationContext& context) {
  ExpressionProgram program;
  program.state_ = std::make_unique<State>();
  State& state = *program.state_;
  state.frame.context = &context;
  for (const auto& expression : expressions) {
    state.order.push_back(state.roots.size());
    state.roots.push_back(state.step_of(expression));
  }
  state.records.resize(state.roots.size());
  return program;
}

std::size_t ExpressionProgram::num_expressions() const noexcept { return state_ ? state_->roots.size() : 0; }
const DataType& ExpressionProgram::type(std::size_t i) const { return state_->roots[i]->type(); }
bool ExpressionProgram::can_fail() const noexcept {
  return state_ &&
         std::any_of(state_->roots.begin(), state_->roots.end(), [](const Step* step) { return step->can_fail(); });
}

void ExpressionProgram::evaluate(const Batch& batch, std::vector<Vector>& results) {
  State& state = *state_;
  results.clear();
  for (const auto& step : state.steps) { step->reset(); }
  state.frame.columns = &batch.columns;
  state.frame.num_rows = batch.num_rows;
  const Scope scope{batch.rows(), nullptr, ++state.frame.last_scope};
  for (Step* root : state.roots) {
    results.push_back(root->value(scope));
    results.back().set_size(batch.num_rows);
  }
}

void ExpressionProgram::filter(Batch& batch) {
  State& state = *state_;
  for (const auto& step : state.steps) { step->reset(); }
  state.frame.columns = &batch.columns;
  state.frame.num_rows = batch.num_rows;
  // The clock is read for one batch of eight, and the order settled anew after it.
  const bool is_timed = state.roots.size() > 1 && (state.num_filtered++ & 7) == 0;
  const Scope all{batch.rows(), nullptr, ++state.frame.last_scope};
  std::shared_ptr<std::vector<std::int32_t>> selection = batch.selection;
  for (const std::size_t conjunct : state.order) {
    Step* step = state.roots[conjunct];
    if (const Value* constant = step->constant(); constant != nullptr && !constant->is_null() && constant->as_bool()) {
      continue;
    }
    const RowSet rows = selection ? RowSet{selection->data(), static_cast<std::int32_t>(selection->size())} : all.rows;
    if (rows.size == 0) { break; }
    const auto begin = is_timed ? std::chrono::steady_clock::now() : std::chrono::steady_clock::time_point();
    const Scope scope = selection == batch.selection ? all : state.frame.narrow(all, *selection);
    if (state.spare_selection == nullptr || state.spare_selection.use_count() > 1) {
      state.spare_selection = std::make_shared<std::vector<std::int32_t>>();
    }
    auto selected = std::exchange(state.spare_selection, nullptr);
    selected->clear();
    select_true(step->value(scope), rows, *selected);
    if (is_timed) {
      ConjunctRecord& record = state.records[conjunct];
      record.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
      record.rows_in += rows.size;
      record.rows_out += static_cast<double>(selected->size());
    }
    if (selection != batch.selection && selection.use_count() == 1) { state.spare_selection = std::move(selection); }
    selection = std::move(selected);
  }
  if (selection != batch.selection) {
    const bool keeps_all = static_cast<std::int32_t>(selection->size()) == batch.num_selected();
    if (!keeps_all) {
      // The list is remembered here too, and serves again once the batch has gone.
      if (state.spare_selection == nullptr) { state.spare_selection = selection; }
      batch.selection = std::move(selection);
    } else if (state.spare_selection == nullptr) {
      state.spare_selection = std::move(selection);
    }
  }
  if (is_timed) {
    // Only runs of conjuncts that cannot fail are sorted; the others stay where they were written.
    auto first = state.order.begin();
    while (first != state.order.end()) {
      auto last = first;
      while (last != state.order.end() && !state.roots[*last]->can_fail()) { ++last; }
      std::stable_sort(first, last,
                       [&](std::size_t a, std::size_t b) { return state.records[a].rank() < state.records[b].rank(); });
      first = last == state.order.end() ? last : last + 1;
    }
  }
}

Expressions split_conjuncts(const ExpressionPtr& condition) {
  if (const auto* call = condition->get_if<FunctionCall>(); call != nullptr && call->name == "and") {
    Expressions parts;
    for (const auto& argument : call->arguments) {
      for (auto& part : split_conjuncts(argument)) { parts.push_back(std::move(part)); }
    }
    return parts;
  }
  return {condition};
}

void select_true(const Vector& condition, RowSet rows, std::vector<std::int32_t>& selected) {
  if (condition.type().is_null()) { return; }
  const std::size_t before = selected.size();
  selected.resize(before + static_cast<std::size_t>(rows.size));
  std::int32_t* out = selected.data() + before;
  if (rows.is_all() && condition.encoding() == Encoding::kFlat) {
    const std::uint64_t* bits = condition.bits();
    const std::uint64_t* validity = condition.validity();
    for (std::int32_t word = 0; word < bitmap::words(rows.size); ++word) {
      std::uint64_t left = validity ? bits[word] & validity[word] : bits[word];
      const std::int32_t base = word * 64;
      if (rows.size - base < 64) { left &= (std::uint64_t{1} << (rows.size - base)) - 1; }
      if (left == ~std::uint64_t{0}) {
        for (std::int32_t i = 0; i < 64; ++i) { out[i] = base + i; }
        out += 64;
      } else if (__builtin_popcountll(left) > 16) {
        // Without a branch a row: dense words would mispredict.
        const std::int32_t end = std::min(rows.size - base, 64);
        for (std::int32_t i = 0; i < end; ++i) {
          *out = base + i;
          out += (left >> i) & 1U;
        }
      } else {
        for (; left != 0; left &= left - 1) { *out++ = base + __builtin_ctzll(left); }
      }
    }
  } else {
    const ColumnReader<bool> values(condition);
    rows.for_each([&](std::int32_t row) {
      if (!values.is_null(row) && values[row]) { *out++ = row; }
    });
  }
  selected.resize(static_cast<std::size_t>(out - selected.data()));
}

}  // namespace hammerscale::sql
