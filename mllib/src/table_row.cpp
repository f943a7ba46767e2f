#include "hammerscale/mllib/table_row.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "hammerscale/mllib/feature_block.hpp"
#include "hammerscale/mllib/number_text.hpp"

namespace hammerscale::mllib {

std::size_t find_bad_number(const NumberColumns& columns, const std::vector<double>& numbers) noexcept {
  const std::size_t weight = columns.has_weight ? numbers.size() - 1 : numbers.size();
  for (std::size_t i = 0; i < weight; ++i) {
    if (!std::isfinite(numbers[i])) { return i; }
  }
  if (columns.has_weight && !(numbers[weight] >= 0 && numbers[weight] <= FeatureBlock::kMaxWeight)) { return weight; }
  return numbers.size();
}

BadCell describe_bad_number(const NumberColumns& columns, const std::vector<double>& numbers, std::size_t index,
                            std::string column) {
  std::vector<ErrorField> fields = {{"column", std::move(column)}, {"value", format_number(numbers[index])}};
  if (columns.has_weight && index + 1 == numbers.size()) {
    return {ErrorCode::kInvalidArgument, "a weight is negative, not finite, or too large", std::move(fields)};
  }
  return {ErrorCode::kNonFinite, index < columns.num_features ? "a feature is not finite" : "a label is not finite",
          std::move(fields)};
}

bool lacks_direction(const NumberColumns& columns, const std::vector<double>& numbers) noexcept {
  return columns.rejects_zero_rows &&
         std::all_of(numbers.begin(), numbers.begin() + columns.num_features, [](double x) { return x == 0; });
}

BadCell describe_zero_row() {
  return {ErrorCode::kInvalidArgument, "cosine distance is not defined for a row of zeros", {}};
}

}  // namespace hammerscale::mllib
