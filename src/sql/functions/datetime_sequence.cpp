#include <limits>
#include <string>

#include "sql/functions/families.hpp"
#include "sql/functions/row_builder.hpp"
#include "sql/functions/signature.hpp"
#include "sql/types/civil_time.hpp"
#include "sql/types/time_zone.hpp"

namespace hammerscale::sql {

namespace {

using std::int32_t;
using std::int64_t;

constexpr int64_t kMaxLength = std::numeric_limits<int32_t>::max() - 15;

/// How far one step leads: months on the calendar, then days on the local clock, then microseconds.
struct Step {
  int64_t months = 0;
  int64_t days = 0;
  int64_t micros = 0;
  [[nodiscard]] int sign() const {
    const int64_t first = months != 0 ? months : days != 0 ? days : micros;
    return first > 0 ? 1 : first < 0 ? -1 : 0;
  }
};

Step step_of(const Vector& vector, int32_t row) {
  switch (vector.type().id()) {
    case TypeId::kYearMonthInterval: return {ColumnReader<int32_t>(vector)[row], 0, 0};
    case TypeId::kDayTimeInterval: return {0, 0, ColumnReader<int64_t>(vector)[row]};
    default: {
      const CalendarInterval interval = ColumnReader<CalendarInterval>(vector)[row];
      return {interval.months, interval.days, interval.microseconds};
    }
  }
}

/// Local microseconds after `count` steps from a local start.
int64_t after(int64_t start, const Step& step, int64_t count) {
  const int64_t days = add_months(floor_div(start, kMicrosPerDay), step.months * count) + step.days * count;
  return days * kMicrosPerDay + floor_mod(start, kMicrosPerDay) + step.micros * count;
}

/// sequence(start, stop[, step]) of dates and timestamps; without a step, days.
BoundFunction bind_datetime_sequence(const CallInput& input) {
  check_num_arguments(input, 2, 3);
  const auto common = wider_type(input.types[0], input.types[1]);
  if (!common || !common->is_datetime()) {
    throw SqlError("DATATYPE_MISMATCH.SEQUENCE_WRONG_INPUT_TYPES",
                   {{"sqlExpr", "\"" + call_text(input) + "\""},
                    {"functionName", "`sequence`"},
                    {"startType", "(\"TIMESTAMP\" or \"TIMESTAMP_NTZ\" or \"DATE\")"},
                    {"stepType", "(\"INTERVAL\" or \"INTERVAL YEAR TO MONTH\" or \"INTERVAL DAY TO SECOND\")"},
                    {"otherStartType", "\"INTEGRAL\""}},
                   input.origin);
  }
  BoundFunction bound{.type = DataType::array(*common, false),
                      .nullable = any_nullable(input),
                      .argument_types = {*common, *common},
                      .can_fail = true,
                      .evaluate = {}};
  if (input.types.size() == 3) { bound.argument_types.push_back(expect_argument(input, 2, TypeClass::kInterval)); }
  bound.evaluate = building_rows([id = common->id(), origin = input.origin](const Arguments& arguments, int32_t row,
                                                                            VectorBuilder& out) {
    const TimeZone& zone = *arguments.context.time_zone;
    const auto local = [&](std::size_t i) {
      if (id == TypeId::kDate) { return ColumnReader<int32_t>(arguments[i])[row] * kMicrosPerDay; }
      const int64_t value = ColumnReader<int64_t>(arguments[i])[row];
      return id == TypeId::kTimestamp ? zone.to_local_micros(value) : value;
    };
    const int64_t start = local(0);
    const int64_t stop = local(1);
    const Step step = arguments.vectors.size() == 3 ? step_of(arguments[2], row) : Step{0, start <= stop ? 1 : -1, 0};
    const int sign = step.sign();
    if ((sign == 0 && start != stop) || (sign > 0 && start > stop) || (sign < 0 && start < stop)) {
      throw SqlError("ILLEGAL_SEQUENCE_BOUNDARIES",
                     {{"start", std::to_string(start)}, {"stop", std::to_string(stop)}, {"step", std::to_string(sign)}},
                     origin);
    }
    for (int64_t i = 0;; ++i) {
      const int64_t at = after(start, step, i);
      if ((sign >= 0 && at > stop) || (sign < 0 && at < stop)) { break; }
      if (out.child(0).size() >= kMaxLength) {
        throw SqlError("COLLECTION_SIZE_LIMIT_EXCEEDED.PARAMETER",
                       {{"numberOfElements", std::to_string(i)},
                        {"maxRoundedArrayLength", std::to_string(kMaxLength)},
                        {"functionName", "`sequence`"},
                        {"parameter", "`count`"}},
                       origin);
      }
      if (id == TypeId::kDate) {
        out.child(0).append<int32_t>(static_cast<int32_t>(floor_div(at, kMicrosPerDay)));
      } else {
        out.child(0).append<int64_t>(id == TypeId::kTimestamp ? zone.to_utc_micros(at) : at);
      }
      if (sign == 0) { break; }
    }
    out.finish_list();
  });
  return bound;
}

}  // namespace

void add_datetime_sequence_functions(FunctionRegistry& registry) {
  registry.add(ScalarFunction{
      .name = "sequence",
      .bind =
          [](const CallInput& input) {
            check_num_arguments(input, 2, 3);
            const bool is_time = input.types[0].is_datetime() || input.types[1].is_datetime();
            return is_time ? bind_datetime_sequence(input) : bind_integer_sequence(input);
          },
      .documentation = {.group = "array_funcs",
                        .usage = "sequence(start, stop[, step]) - Returns the numbers, dates or timestamps from start "
                                 "to stop, both included. "
                                 "Without a step it is 1 or a day, towards stop.",
                        .examples = {{"SELECT sequence(1, 5)", {"[1, 2, 3, 4, 5]"}},
                                     {"SELECT sequence(DATE'2018-01-01', DATE'2018-03-01', INTERVAL 1 MONTH)",
                                      {"[2018-01-01, 2018-02-01, 2018-03-01]"}}},
                        .since = "2.4.0"}});
}

}  // namespace hammerscale::sql
