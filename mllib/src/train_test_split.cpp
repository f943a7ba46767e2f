#include "hammerscale/mllib/train_test_split.hpp"

#include <string>

#include "hammerscale/base/counter_random.hpp"
#include "hammerscale/base/error.hpp"

namespace hammerscale::mllib {
namespace {

using NumberedRow = std::pair<std::vector<double>, std::int64_t>;

/// Draws of this split share none with those of an estimator under the same seed.
constexpr std::uint64_t kStream = 0xD1B54A32D192ED03ULL;

struct IsTestRow {
  double fraction;
  std::uint64_t seed;
  std::uint64_t wanted;  // 1 or 0; a bool would leave bytes between members that hold anything.
  bool operator()(const NumberedRow& row) const {
    return CounterRandom(seed ^ kStream, static_cast<std::uint64_t>(row.second)).bernoulli(fraction) == (wanted != 0);
  }
};

std::vector<double> take_row(NumberedRow row) { return std::move(row.first); }

}  // namespace

std::pair<Dataset<std::vector<double>>, Dataset<std::vector<double>>> split_train_and_test(
    const Dataset<std::vector<double>>& rows, double test_fraction, std::uint64_t seed) {
  if (!(test_fraction > 0 && test_fraction < 1)) {
    throw UserError(ErrorCode::kInvalidArgument, "the fraction of test rows lies between 0 and 1",
                    {{"fraction", std::to_string(test_fraction)}});
  }
  const auto numbered = rows.zip_with_index();
  const auto part = [&](bool test) {
    return numbered.filter(IsTestRow{test_fraction, seed, test ? 1U : 0U}).map(&take_row);
  };
  return {part(false), part(true)};
}

}  // namespace hammerscale::mllib
