// Moments and co-moments: stddev, variance, skewness, kurtosis, covariance, correlation and the regr_ functions.
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "sql/functions/families.hpp"
#include "sql/functions/object_state.hpp"
#include "sql/functions/registry.hpp"

namespace hammerscale::sql {

namespace {

/// Central moments of one column, updated value by value and merged without loss of digits.
/// Source: Meng, Simpler Online Updates for Arbitrary-Order Central Moments, 2015; Pebay, SAND2008-6212.
struct Moments {
  double n = 0;
  double mean = 0;
  double m2 = 0;  ///< Sum of (x - mean)^2, and so on.
  double m3 = 0;
  double m4 = 0;

  void add(double x, int order) {
    const double new_n = n + 1;
    const double delta = x - mean;
    const double delta_n = delta / new_n;
    const double new_mean = mean + delta_n;
    const double new_m2 = m2 + delta * (delta - delta_n);
    if (order > 2) {
      const double delta2 = delta * delta;
      const double delta_n2 = delta_n * delta_n;
      const double new_m3 = m3 - 3.0 * delta_n * new_m2 + delta * (delta2 - delta_n2);
      if (order > 3) {
        m4 = m4 - 4.0 * delta_n * new_m3 - 6.0 * delta_n2 * new_m2 + delta * (delta * delta2 - delta_n * delta_n2);
      }
      m3 = new_m3;
    }
    n = new_n;
    mean = new_mean;
    m2 = new_m2;
  }

  void merge(const Moments& other) {
    if (other.n == 0) { return; }
    const double n1 = n;
    const double n2 = other.n;
    const double total = n1 + n2;
    const double delta = other.mean - mean;
    const double delta_n = total == 0 ? 0 : delta / total;
    const double new_m2 = m2 + other.m2 + delta * delta_n * n1 * n2;
    const double new_m3 =
        m3 + other.m3 + delta_n * delta_n * delta * n1 * n2 * (n1 - n2) + 3.0 * delta_n * (n1 * other.m2 - n2 * m2);
    m4 = m4 + other.m4 + delta_n * delta_n * delta_n * delta * n1 * n2 * (n1 * n1 - n1 * n2 + n2 * n2) +
         6.0 * delta_n * delta_n * (n1 * n1 * other.m2 + n2 * n2 * m2) + 4.0 * delta_n * (n1 * other.m3 - n2 * m3);
    m3 = new_m3;
    m2 = new_m2;
    mean += delta_n * n2;
    n = total;
  }
};

enum class Moment : std::uint8_t {
  kVarianceSample,
  kVariancePopulation,
  kDeviationSample,
  kDeviationPopulation,
  kSkewness,
  kKurtosis
};

class MomentState final : public ObjectState<Moments> {
 public:
  explicit MomentState(Moment moment) : moment_(moment) {
    order_ = moment == Moment::kKurtosis ? 4 : moment == Moment::kSkewness ? 3 : 2;
  }

  void update(const Arguments& arguments, std::byte* const* states) override {
    const ColumnReader<double> values(arguments[0]);
    for_each_numbered(arguments.rows,
                      [&](std::int32_t row, std::int32_t i) { at(states[i]).add(values[row], order_); });
  }
  void update_one(const Arguments& arguments, std::byte* state) override {
    const ColumnReader<double> values(arguments[0]);
    arguments.rows.for_each([&](std::int32_t row) { at(state).add(values[row], order_); });
  }
  void merge(std::byte* into, const std::byte* from) override { at(into).merge(at(from)); }
  void export_states(std::span<std::byte* const> states, std::vector<VectorBuilder>& columns) const override {
    for (std::byte* state : states) {
      const Moments& m = at(state);
      const double parts[] = {m.n, m.mean, m.m2, m.m3, m.m4};
      for (std::size_t i = 0; i < 5; ++i) { columns[i].append<double>(parts[i]); }
    }
  }
  void merge_exported(std::span<const Vector* const> columns, RowSet rows, std::byte* const* states) override {
    const ColumnReader<double> n(*columns[0]);
    const ColumnReader<double> mean(*columns[1]);
    const ColumnReader<double> m2(*columns[2]);
    const ColumnReader<double> m3(*columns[3]);
    const ColumnReader<double> m4(*columns[4]);
    for_each_numbered(rows, [&](std::int32_t row, std::int32_t i) {
      at(states[i]).merge(Moments{n[row], mean[row], m2[row], m3[row], m4[row]});
    });
  }
  void finalize(std::span<std::byte* const> states, VectorBuilder& result) const override {
    for (std::byte* state : states) { append(at(state), result); }
  }

 private:
  void append(const Moments& m, VectorBuilder& result) const {
    const bool is_sample = moment_ == Moment::kVarianceSample || moment_ == Moment::kDeviationSample;
    if (m.n == 0 || (is_sample && m.n == 1) ||
        ((moment_ == Moment::kSkewness || moment_ == Moment::kKurtosis) && m.m2 == 0)) {
      return result.append_null();
    }
    switch (moment_) {
      case Moment::kVarianceSample: return result.append<double>(m.m2 / (m.n - 1));
      case Moment::kVariancePopulation: return result.append<double>(m.m2 / m.n);
      case Moment::kDeviationSample: return result.append<double>(std::sqrt(m.m2 / (m.n - 1)));
      case Moment::kDeviationPopulation: return result.append<double>(std::sqrt(m.m2 / m.n));
      case Moment::kSkewness: return result.append<double>(std::sqrt(m.n) * m.m3 / std::sqrt(m.m2 * m.m2 * m.m2));
      case Moment::kKurtosis: return result.append<double>(m.n * m.m4 / (m.m2 * m.m2) - 3.0);
    }
  }

  Moment moment_;
  int order_;
};

/// Co-moments of two columns (x, y).
struct CoMoments {
  double n = 0;
  double mean_x = 0;
  double mean_y = 0;
  double m2_x = 0;
  double m2_y = 0;
  double c = 0;  ///< Sum of (x - mean_x) (y - mean_y).

  void add(double x, double y) {
    n += 1;
    const double dx = x - mean_x;
    const double dx_n = dx / n;
    const double dy = y - mean_y;
    const double dy_n = dy / n;
    mean_x += dx_n;
    mean_y += dy_n;
    c += dx * (y - mean_y);
    m2_x += dx * (x - mean_x);
    m2_y += dy * (y - mean_y);
  }

  void merge(const CoMoments& other) {
    if (other.n == 0) { return; }
    const double total = n + other.n;
    const double dx = other.mean_x - mean_x;
    const double dx_n = dx / total;
    const double dy = other.mean_y - mean_y;
    const double dy_n = dy / total;
    c += other.c + dx * dy_n * n * other.n;
    m2_x += other.m2_x + dx * dx_n * n * other.n;
    m2_y += other.m2_y + dy * dy_n * n * other.n;
    mean_x += dx_n * other.n;
    mean_y += dy_n * other.n;
    n = total;
  }
};

/// The regr_ functions take (y, x): y depends on x.
enum class CoMoment : std::uint8_t {
  kCovarianceSample,
  kCovariancePopulation,
  kCorrelation,
  kCount,
  kMeanX,
  kMeanY,
  kSxx,
  kSyy,
  kSxy,
  kSlope,
  kIntercept,
  kR2,
};

class CoMomentState final : public ObjectState<CoMoments> {
 public:
  /// @param is_regression  the first argument is y.
  CoMomentState(CoMoment moment, bool is_regression) : moment_(moment), is_regression_(is_regression) {}

  void update(const Arguments& arguments, std::byte* const* states) override {
    const ColumnReader<double> x(arguments[is_regression_ ? 1 : 0]);
    const ColumnReader<double> y(arguments[is_regression_ ? 0 : 1]);
    for_each_numbered(arguments.rows, [&](std::int32_t row, std::int32_t i) { at(states[i]).add(x[row], y[row]); });
  }
  void merge(std::byte* into, const std::byte* from) override { at(into).merge(at(from)); }
  void export_states(std::span<std::byte* const> states, std::vector<VectorBuilder>& columns) const override {
    for (std::byte* state : states) {
      const CoMoments& m = at(state);
      const double parts[] = {m.n, m.mean_x, m.mean_y, m.m2_x, m.m2_y, m.c};
      for (std::size_t i = 0; i < 6; ++i) { columns[i].append<double>(parts[i]); }
    }
  }
  void merge_exported(std::span<const Vector* const> columns, RowSet rows, std::byte* const* states) override {
    std::vector<ColumnReader<double>> parts;
    for (std::size_t i = 0; i < 6; ++i) { parts.emplace_back(*columns[i]); }
    for_each_numbered(rows, [&](std::int32_t row, std::int32_t i) {
      at(states[i]).merge(
          CoMoments{parts[0][row], parts[1][row], parts[2][row], parts[3][row], parts[4][row], parts[5][row]});
    });
  }
  void finalize(std::span<std::byte* const> states, VectorBuilder& result) const override {
    for (std::byte* state : states) { append(at(state), result); }
  }

 private:
  void append(const CoMoments& m, VectorBuilder& result) const {
    if (moment_ == CoMoment::kCount) { return result.append<std::int64_t>(static_cast<std::int64_t>(m.n)); }
    if (m.n == 0) { return result.append_null(); }
    switch (moment_) {
      case CoMoment::kCovarianceSample: return m.n == 1 ? result.append_null() : result.append<double>(m.c / (m.n - 1));
      case CoMoment::kCovariancePopulation: return result.append<double>(m.c / m.n);
      case CoMoment::kCorrelation:
        if (m.n == 1 || m.m2_x == 0 || m.m2_y == 0) { return result.append_null(); }
        return result.append<double>(m.c / std::sqrt(m.m2_x * m.m2_y));
      case CoMoment::kMeanX: return result.append<double>(m.mean_x);
      case CoMoment::kMeanY: return result.append<double>(m.mean_y);
      case CoMoment::kSxx: return result.append<double>(m.m2_x);
      case CoMoment::kSyy: return result.append<double>(m.m2_y);
      case CoMoment::kSxy: return result.append<double>(m.c);
      case CoMoment::kSlope: return m.n < 2 || m.m2_x == 0 ? result.append_null() : result.append<double>(m.c / m.m2_x);
      case CoMoment::kIntercept:
        return m.n < 2 || m.m2_x == 0 ? result.append_null()
                                      : result.append<double>(m.mean_y - m.c / m.m2_x * m.mean_x);
      case CoMoment::kR2:
        if (m.n < 2 || m.m2_x == 0) { return result.append_null(); }
        return result.append<double>(m.m2_y == 0 ? 1.0 : m.c * m.c / (m.m2_x * m.m2_y));
      case CoMoment::kCount: break;
    }
  }

  CoMoment moment_;
  bool is_regression_;
};

std::function<BoundAggregate(const AggregateInput&)> moment(Moment moment) {
  return [moment](const AggregateInput& input) {
    check_num_arguments(input, 1, 1);
    BoundAggregate bound;
    bound.type = TypeId::kDouble;
    bound.argument_types = {expect_argument(input, 0, TypeId::kDouble)};
    bound.state_types.assign(5, TypeId::kDouble);
    bound.make_state = [moment](EvaluationContext&) { return std::make_unique<MomentState>(moment); };
    return bound;
  };
}

std::function<BoundAggregate(const AggregateInput&)> co_moment(CoMoment moment, bool is_regression) {
  return [=](const AggregateInput& input) {
    check_num_arguments(input, 2, 2);
    BoundAggregate bound;
    bound.type = moment == CoMoment::kCount ? TypeId::kBigint : TypeId::kDouble;
    bound.nullable = moment != CoMoment::kCount;
    bound.argument_types = {expect_argument(input, 0, TypeId::kDouble), expect_argument(input, 1, TypeId::kDouble)};
    bound.state_types.assign(6, TypeId::kDouble);
    bound.make_state = [=](EvaluationContext&) { return std::make_unique<CoMomentState>(moment, is_regression); };
    return bound;
  };
}

}  // namespace

void add_statistical_aggregates(FunctionRegistry& registry) {
  const auto add = [&](std::string_view name, std::function<BoundAggregate(const AggregateInput&)> bind,
                       std::string_view usage, std::vector<std::string_view> aliases = {},
                       std::string_view since = "1.6.0") {
    registry.add(AggregateFunction{.name = name,
                                   .bind = std::move(bind),
                                   .documentation = {.group = "agg_funcs", .usage = usage, .since = since},
                                   .aliases = std::move(aliases)});
  };
  add("stddev_samp", moment(Moment::kDeviationSample), "stddev_samp(x) - Returns the standard deviation of a sample.",
      {"stddev", "std"});
  add("stddev_pop", moment(Moment::kDeviationPopulation),
      "stddev_pop(x) - Returns the standard deviation of a population.");
  add("var_samp", moment(Moment::kVarianceSample), "var_samp(x) - Returns the variance of a sample.", {"variance"});
  add("var_pop", moment(Moment::kVariancePopulation), "var_pop(x) - Returns the variance of a population.");
  add("skewness", moment(Moment::kSkewness), "skewness(x) - Returns the skewness.");
  add("kurtosis", moment(Moment::kKurtosis), "kurtosis(x) - Returns the excess kurtosis.");
  add("covar_samp", co_moment(CoMoment::kCovarianceSample, false),
      "covar_samp(x, y) - Returns the covariance of a sample.", {}, "2.0.0");
  add("covar_pop", co_moment(CoMoment::kCovariancePopulation, false),
      "covar_pop(x, y) - Returns the covariance of a population.", {}, "2.0.0");
  add("corr", co_moment(CoMoment::kCorrelation, false), "corr(x, y) - Returns Pearson's correlation coefficient.");
  add("regr_count", co_moment(CoMoment::kCount, true), "regr_count(y, x) - Returns the number of pairs without NULL.",
      {}, "3.3.0");
  add("regr_avgx", co_moment(CoMoment::kMeanX, true),
      "regr_avgx(y, x) - Returns the mean of x over pairs without NULL.", {}, "3.3.0");
  add("regr_avgy", co_moment(CoMoment::kMeanY, true),
      "regr_avgy(y, x) - Returns the mean of y over pairs without NULL.", {}, "3.3.0");
  add("regr_sxx", co_moment(CoMoment::kSxx, true), "regr_sxx(y, x) - Returns the sum of squared deviations of x.", {},
      "3.4.0");
  add("regr_syy", co_moment(CoMoment::kSyy, true), "regr_syy(y, x) - Returns the sum of squared deviations of y.", {},
      "3.4.0");
  add("regr_sxy", co_moment(CoMoment::kSxy, true), "regr_sxy(y, x) - Returns the sum of products of deviations.", {},
      "3.4.0");
  add("regr_slope", co_moment(CoMoment::kSlope, true), "regr_slope(y, x) - Returns the slope of the regression line.",
      {}, "3.4.0");
  add("regr_intercept", co_moment(CoMoment::kIntercept, true),
      "regr_intercept(y, x) - Returns where the regression line meets x = 0.", {}, "3.4.0");
  add("regr_r2", co_moment(CoMoment::kR2, true), "regr_r2(y, x) - Returns the coefficient of determination.", {},
      "3.3.0");
}

}  // namespace hammerscale::sql
