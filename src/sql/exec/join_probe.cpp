#include "sql/exec/join_probe.hpp"

#include <algorithm>
#include <utility>

#include "sql/exec/row_sorter.hpp"

namespace hammerscale::sql {

namespace {

std::shared_ptr<std::int32_t[]> copy_indices(const std::vector<std::int32_t>& rows, const VectorMemory& memory) {
  std::shared_ptr<std::byte[]> bytes = memory.allocate(std::max<std::size_t>(rows.size(), 1) * sizeof(std::int32_t));
  auto* numbers = reinterpret_cast<std::int32_t*>(bytes.get());
  std::copy(rows.begin(), rows.end(), numbers);
  return {std::move(bytes), numbers};
}

}  // namespace

JoinProbe::JoinProbe(const JoinDescription& description, JoinTable& table, EvaluationContext& context,
                     std::int32_t batch_rows)
    : description_(description),
      table_(table),
      context_(context),
      batch_rows_(static_cast<std::size_t>(batch_rows)),
      scratch_(std::make_unique<StringHeap>(context.memory)) {
  if (description_.residual) {
    residual_ = ExpressionProgram::compile(split_conjuncts(description_.residual), context);
  }
  if (description_.is_three_valued() && description_.condition) {
    condition_ = ExpressionProgram::compile(std::span(&description_.condition, 1), context);
  }
}

bool JoinProbe::wants_one_match() const noexcept {
  switch (description_.kind) {
    case JoinKind::kLeftSemi:
    case JoinKind::kLeftAnti:
    case JoinKind::kMark:
    case JoinKind::kNullAwareAnti: return true;
    default: return false;
  }
}

void JoinProbe::process(Batch& batch, const Emit& emit) {
  batch_ = &batch;
  probe_columns_.assign(batch.columns.size(), nullptr);
  found_.assign(static_cast<std::size_t>(batch.num_rows), Found::kNo);
  find_candidates(emit);
  flush(emit);
  if (description_.is_three_valued()) {
    find_unknown(emit);
    flush(emit);
    evaluates_condition_ = false;
  }
  emit_rest(emit);
}

void JoinProbe::find_candidates(const Emit& emit) {
  const RowSet rows = batch_->rows();
  if (description_.probe_keys.empty()) {
    // The condition says TRUE and UNKNOWN at once.
    evaluates_condition_ = condition_.has_value();
    const bool one_is_enough = wants_one_match() && !residual_ && !evaluates_condition_;
    const std::int32_t num_candidates = one_is_enough ? std::min(table_.num_rows(), 1) : table_.num_rows();
    rows.for_each([&](std::int32_t row) {
      for (std::int32_t build_row = 0; build_row < num_candidates; ++build_row) {
        if (wants_one_match() && found_[static_cast<std::size_t>(row)] == Found::kYes) { break; }
        add_pair(row, build_row, emit);
      }
    });
    return;
  }
  std::vector<const Vector*> keys;
  for (const std::int32_t key : description_.probe_keys) {
    keys.push_back(&batch_->columns[static_cast<std::size_t>(key)]);
  }
  matchable_.clear();
  select_matchable(keys, description_.null_safe, rows, matchable_);
  const std::size_t n = matchable_.size();
  const std::size_t width = table_.layout().num_bytes();
  record_words_.resize(std::max<std::size_t>(n * width / 8, 1));
  hashes_.resize(n);
  scratch_->clear();
  auto* records = reinterpret_cast<std::byte*>(record_words_.data());
  table_.layout().encode(keys, RowSet{matchable_.data(), static_cast<std::int32_t>(n)}, records, *scratch_);
  for (std::size_t i = 0; i < n; ++i) {
    hashes_[i] = table_.hash(records + i * width);
    table_.prefetch(hashes_[i]);
  }
  for (std::size_t i = 0; i < n; ++i) { table_.prefetch_rows(hashes_[i]); }
  const bool one_is_enough = wants_one_match() && !residual_;
  for (std::size_t i = 0; i < n; ++i) {
    table_.for_each_match(records + i * width, hashes_[i], [&](std::int32_t build_row) {
      add_pair(matchable_[i], build_row, emit);
      return !one_is_enough;
    });
  }
}

void JoinProbe::find_unknown(const Emit& emit) {
  if (description_.probe_keys.empty() || table_.num_rows() == 0) { return; }
  const bool keys_say_all = !residual_ && description_.probe_keys.size() == 1;
  evaluates_condition_ = true;
  std::size_t next = 0;
  batch_->rows().for_each([&](std::int32_t row) {
    const bool is_matchable = next < matchable_.size() && matchable_[next] == row;
    if (is_matchable) { ++next; }
    Found& found = found_[static_cast<std::size_t>(row)];
    if (found == Found::kYes || (is_matchable && table_.null_rows().empty())) { return; }
    if (keys_say_all) {
      found = Found::kUnknown;
      return;
    }
    if (is_matchable) {
      for (const std::int32_t build_row : table_.null_rows()) { add_pair(row, build_row, emit); }
    } else {
      for (std::int32_t build_row = 0; build_row < table_.num_rows(); ++build_row) { add_pair(row, build_row, emit); }
    }
  });
}

void JoinProbe::add_pair(std::int32_t probe_row, std::int32_t build_row, const Emit& emit) {
  probe_rows_.push_back(probe_row);
  build_rows_.push_back(build_row);
  if (probe_rows_.size() >= batch_rows_) { flush(emit); }
}

void JoinProbe::flush(const Emit& emit) {
  if (probe_rows_.empty()) { return; }
  if (evaluates_condition_ && condition_) {
    apply_condition();
  } else {
    if (residual_) { apply_residual(); }
    note_matches();
    switch (description_.kind) {
      case JoinKind::kInner:
      case JoinKind::kCross:
      case JoinKind::kLeftOuter:
      case JoinKind::kRightOuter:
      case JoinKind::kFullOuter:
      case JoinKind::kSingle:
        if (!probe_rows_.empty()) { emit_pairs(emit); }
        break;
      default: break;
    }
  }
  probe_rows_.clear();
  build_rows_.clear();
}

Batch JoinProbe::pair_batch() {
  Batch pairs;
  pairs.num_rows = static_cast<std::int32_t>(probe_rows_.size());
  const auto indices = copy_indices(probe_rows_, context_.memory);
  for (std::size_t i = 0; i < batch_->columns.size(); ++i) {
    const Vector& column = batch_->columns[i];
    if (column.encoding() == Encoding::kFlat) {
      if (!probe_columns_[i]) { probe_columns_[i] = std::make_shared<const Vector>(column); }
      pairs.columns.push_back(Vector::dictionary(probe_columns_[i], indices, pairs.num_rows));
    } else {
      pairs.columns.push_back(column.gather(probe_rows_, context_.memory));
    }
  }
  const auto build_indices = copy_indices(build_rows_, context_.memory);
  for (const auto& column : table_.columns()) {
    pairs.columns.push_back(Vector::dictionary(column, build_indices, pairs.num_rows));
  }
  return pairs;
}

void JoinProbe::apply_residual() {
  Batch pairs = pair_batch();
  residual_->filter(pairs);
  if (!pairs.selection) { return; }
  std::size_t kept = 0;
  for (const std::int32_t pair : *pairs.selection) {
    probe_rows_[kept] = probe_rows_[static_cast<std::size_t>(pair)];
    build_rows_[kept++] = build_rows_[static_cast<std::size_t>(pair)];
  }
  probe_rows_.resize(kept);
  build_rows_.resize(kept);
}

void JoinProbe::apply_condition() {
  const Batch pairs = pair_batch();
  std::vector<Vector> results;
  condition_->evaluate(pairs, results);
  const ColumnReader<bool> values(results.front());
  const bool all_null = results.front().type().is_null();
  for (std::size_t i = 0; i < probe_rows_.size(); ++i) {
    const auto pair = static_cast<std::int32_t>(i);
    Found& found = found_[static_cast<std::size_t>(probe_rows_[i])];
    if (all_null || values.is_null(pair)) {
      if (found == Found::kNo) { found = Found::kUnknown; }
    } else if (values[pair]) {
      found = Found::kYes;
    }
  }
}

void JoinProbe::note_matches() {
  const bool is_single = description_.kind == JoinKind::kSingle;
  for (const std::int32_t row : probe_rows_) {
    Found& found = found_[static_cast<std::size_t>(row)];
    if (is_single && found == Found::kYes) { throw SqlError("SCALAR_SUBQUERY_TOO_MANY_ROWS", {}); }
    found = Found::kYes;
  }
  if (description_.keeps_unmatched_build()) {
    for (const std::int32_t row : build_rows_) { table_.set_matched(row); }
  }
}

void JoinProbe::emit_pairs(const Emit& emit) {
  Batch pairs = pair_batch();
  emit(pairs);
}

Vector JoinProbe::null_column(const DataType& type, std::int32_t num_rows) const {
  return Vector::constant(Value(), type, num_rows, context_.memory);
}

void JoinProbe::emit_rest(const Emit& emit) {
  const JoinKind kind = description_.kind;
  const bool is_outer = kind == JoinKind::kLeftOuter || kind == JoinKind::kFullOuter || kind == JoinKind::kSingle;
  if (kind == JoinKind::kMark) {
    Vector mark(DataType(TypeId::kBoolean), batch_->num_rows, context_.memory);
    mark.set_size(batch_->num_rows);
    for (std::int32_t row = 0; row < batch_->num_rows; ++row) {
      const Found found = found_[static_cast<std::size_t>(row)];
      bitmap::assign(mark.mutable_bits(), row, found == Found::kYes);
      if (found == Found::kUnknown) { mark.set_null(row); }
    }
    Batch result = std::move(*batch_);
    result.columns.push_back(std::move(mark));
    emit(result);
    return;
  }
  if (!is_outer && !wants_one_match()) { return; }
  const Found wanted = kind == JoinKind::kLeftSemi ? Found::kYes : Found::kNo;
  auto rows = std::make_shared<std::vector<std::int32_t>>();
  batch_->rows().for_each([&](std::int32_t row) {
    if (found_[static_cast<std::size_t>(row)] == wanted) { rows->push_back(row); }
  });
  if (rows->empty()) { return; }
  Batch result = std::move(*batch_);
  result.selection = std::move(rows);
  if (is_outer) {
    for (const DataType& type : description_.build_types) {
      result.columns.push_back(null_column(type, result.num_rows));
    }
  }
  emit(result);
}

void JoinProbe::emit_unmatched_build(const Emit& emit) {
  std::vector<std::uint32_t> rows;
  const auto give = [&] {
    if (rows.empty()) { return; }
    Batch result;
    result.num_rows = static_cast<std::int32_t>(rows.size());
    for (const DataType& type : description_.probe_types) {
      result.columns.push_back(null_column(type, result.num_rows));
    }
    for (Vector& column : take_rows(table_.columns(), rows, context_.memory).columns) {
      result.columns.push_back(std::move(column));
    }
    rows.clear();
    emit(result);
  };
  for (std::int32_t row = 0; row < table_.num_rows(); ++row) {
    if (table_.is_matched(row)) { continue; }
    rows.push_back(static_cast<std::uint32_t>(row));
    if (rows.size() >= batch_rows_) { give(); }
  }
  give();
}

}  // namespace hammerscale::sql
