#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "sql/functions/families.hpp"
#include "sql/functions/rowwise.hpp"
#include "sql/functions/signature.hpp"
#include "sql/types/datetime_pattern.hpp"
#include "sql/types/text_parse.hpp"
#include "sql/types/time_zone.hpp"

namespace hammerscale::sql {

namespace {

using std::int32_t;
using std::int64_t;
using std::string;
using std::string_view;

/// The compiled form of the last pattern: patterns are constants nearly always.
class PatternCache {
 public:
  explicit PatternCache(bool is_parsing) : is_parsing_(is_parsing) {}
  const DateTimePattern& get(string_view text) {
    if (!pattern_ || text != text_) {
      pattern_.emplace(is_parsing_ ? DateTimePattern::for_parsing(text) : DateTimePattern::for_formatting(text));
      text_ = text;
    }
    return *pattern_;
  }

 private:
  bool is_parsing_;
  string text_;
  std::optional<DateTimePattern> pattern_;
};

constexpr string_view kDefaultPattern = "yyyy-MM-dd HH:mm:ss";

[[noreturn]] void fail_parse(string_view text, string_view function, Origin origin) {
  throw SqlError("CANNOT_PARSE_TIMESTAMP",
                 {{"func", "`" + string(function) + "`"},
                  {"message", "Text '" + string(text) + "' could not be parsed"},
                  {"ansiConfig", "\"spark.sql.ansi.enabled\""}},
                 origin);
}

[[noreturn]] void fail_cast(string_view text, const DataType& type, Origin origin) {
  throw SqlError("CAST_INVALID_INPUT",
                 {{"expression", "'" + string(text) + "'"},
                  {"sourceType", "\"STRING\""},
                  {"targetType", "\"" + type.to_sql() + "\""},
                  {"ansiConfig", "\"spark.sql.ansi.enabled\""}},
                 origin);
}

BoundFunction bind_date_format(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  const bool is_ntz = input.types[0].id() == TypeId::kTimestampNtz;
  BoundFunction bound{.type = DataType::string(),
                      .nullable = any_nullable(input),
                      .argument_types = {},
                      .can_fail = true,
                      .evaluate = {}};
  bound.argument_types = {is_ntz ? input.types[0] : expect_argument(input, 0, TypeId::kTimestamp),
                          expect_argument(input, 1, TypeClass::kString)};
  bound.evaluate = rowwise<int64_t, string_view>([is_ntz, cache = std::make_shared<PatternCache>(false)](
                                                     EvaluationContext& context, int64_t value, string_view pattern) {
    string text;
    if (is_ntz) {
      cache->get(pattern).format_local(text, value);
    } else {
      cache->get(pattern).format(text, value, *context.time_zone);
    }
    return text;
  });
  return bound;
}

/// to_date and try_to_date: of text with a pattern, else a cast.
BindFunction bind_to_date(bool is_try) {
  return [is_try](const CallInput& input) {
    check_num_arguments(input, 1, 2);
    const bool fails = input.context->ansi && !is_try;
    BoundFunction bound{.type = TypeId::kDate,
                        .nullable = !fails || any_nullable(input),
                        .argument_types = {},
                        .can_fail = fails,
                        .evaluate = {}};
    const bool is_text = input.types[0].is_string();
    if (!is_text) {
      bound.argument_types.push_back(expect_argument(input, 0, TypeId::kDate));
      if (input.types.size() == 2) { bound.argument_types.push_back(expect_argument(input, 1, TypeClass::kString)); }
      bound.evaluate = rowwise<int32_t>([](int32_t days) { return days; });
      return bound;
    }
    bound.argument_types.push_back(input.types[0]);
    if (input.types.size() == 1) {
      bound.evaluate = rowwise<string_view>([fails, origin = input.origin](string_view text) {
        auto days = parse_date(text);
        if (!days && fails) { fail_cast(text, TypeId::kDate, origin); }
        return days;
      });
      return bound;
    }
    bound.argument_types.push_back(expect_argument(input, 1, TypeClass::kString));
    bound.evaluate =
        rowwise<string_view, string_view>([fails, origin = input.origin, cache = std::make_shared<PatternCache>(true)](
                                              string_view text, string_view pattern) {
          auto days = cache->get(pattern).parse_date(text);
          if (!days && fails) { fail_parse(text, "try_to_date", origin); }
          return days;
        });
    return bound;
  };
}

/// to_timestamp and its kin: of text with a pattern, else a cast.
BindFunction bind_to_timestamp(TypeId result, bool is_try) {
  return [=](const CallInput& input) {
    check_num_arguments(input, 1, 2);
    const bool fails = input.context->ansi && !is_try;
    const bool is_ntz = result == TypeId::kTimestampNtz;
    BoundFunction bound{.type = result,
                        .nullable = !fails || any_nullable(input),
                        .argument_types = {},
                        .can_fail = fails,
                        .evaluate = {}};
    if (!input.types[0].is_string()) {
      const bool is_number = input.types[0].is_numeric() && !is_ntz && input.types.size() == 1;
      const DataType from = is_number && input.types[0].is_integral() ? DataType(TypeId::kBigint)
                            : is_number                               ? DataType(TypeId::kDouble)
                                                                      : expect_argument(input, 0, result);
      bound.argument_types.push_back(from);
      if (input.types.size() == 2) { bound.argument_types.push_back(expect_argument(input, 1, TypeClass::kString)); }
      if (from.id() == TypeId::kBigint) {
        bound.evaluate = rowwise<int64_t>([](int64_t seconds) { return seconds * kMicrosPerSecond; });
      } else if (from.id() == TypeId::kDouble) {
        bound.evaluate = rowwise<double>([](double seconds) { return static_cast<int64_t>(seconds * 1e6); });
      } else {
        bound.evaluate = rowwise<int64_t>([](int64_t value) { return value; });
      }
      return bound;
    }
    bound.argument_types.push_back(input.types[0]);
    if (input.types.size() == 1) {
      bound.evaluate = rowwise<string_view>([=, origin = input.origin](EvaluationContext& context, string_view text) {
        auto micros =
            is_ntz ? parse_timestamp_ntz(text) : parse_timestamp(text, *context.time_zone, context.query_start_micros);
        if (!micros && fails) { fail_cast(text, result, origin); }
        return micros;
      });
      return bound;
    }
    bound.argument_types.push_back(expect_argument(input, 1, TypeClass::kString));
    bound.evaluate =
        rowwise<string_view, string_view>([=, origin = input.origin, cache = std::make_shared<PatternCache>(true)](
                                              EvaluationContext& context, string_view text, string_view pattern) {
          auto micros = is_ntz ? cache->get(pattern).parse_local(text)
                               : cache->get(pattern).parse_timestamp(text, *context.time_zone);
          if (!micros && fails) { fail_parse(text, "try_to_timestamp", origin); }
          return micros;
        });
    return bound;
  };
}

/// unix_timestamp([time[, pattern]]) and to_unix_timestamp: seconds since 1970.
BindFunction bind_unix_timestamp(std::size_t least) {
  return [least](const CallInput& input) {
    check_num_arguments(input, least, 2);
    const bool fails = input.context->ansi;
    BoundFunction bound{.type = TypeId::kBigint,
                        .nullable = !fails || any_nullable(input),
                        .argument_types = {},
                        .can_fail = true,
                        .evaluate = {}};
    if (input.types.empty()) {
      bound.evaluate = [](const Arguments& arguments, Vector& result) {
        const int64_t now = floor_div(arguments.context.query_start_micros, kMicrosPerSecond);
        arguments.rows.for_each([&](int32_t row) { result.mutable_values<int64_t>()[row] = now; });
      };
      return bound;
    }
    const bool is_text = input.types[0].is_string();
    const bool is_ntz = input.types[0].id() == TypeId::kTimestampNtz;
    bound.argument_types.push_back(is_text || is_ntz ? input.types[0] : expect_argument(input, 0, TypeId::kTimestamp));
    if (input.types.size() == 2) { bound.argument_types.push_back(expect_argument(input, 1, TypeClass::kString)); }
    if (!is_text) {
      bound.evaluate = rowwise<int64_t>([is_ntz](EvaluationContext& context, int64_t value) {
        return floor_div(is_ntz ? context.time_zone->to_utc_micros(value) : value, kMicrosPerSecond);
      });
      return bound;
    }
    const auto parse = [fails, origin = input.origin, cache = std::make_shared<PatternCache>(true)](
                           EvaluationContext& context, string_view text,
                           string_view pattern) -> std::optional<int64_t> {
      const auto micros = cache->get(pattern).parse_timestamp(text, *context.time_zone);
      if (!micros && fails) { fail_parse(text, "try_to_timestamp", origin); }
      return micros ? std::optional(floor_div(*micros, kMicrosPerSecond)) : std::nullopt;
    };
    if (input.types.size() == 2) {
      bound.evaluate = rowwise<string_view, string_view>(parse);
    } else {
      bound.evaluate = rowwise<string_view>(
          [parse](EvaluationContext& context, string_view text) { return parse(context, text, kDefaultPattern); });
    }
    return bound;
  };
}

BoundFunction bind_from_unixtime(const CallInput& input) {
  return signature(
      {TypeId::kBigint, TypeClass::kString}, DataType::string(),
      [](const CallInput&) {
        return rowwise<int64_t, string_view>([cache = std::make_shared<PatternCache>(false)](
                                                 EvaluationContext& context, int64_t seconds, string_view pattern) {
          string text;
          cache->get(pattern).format(text, seconds * kMicrosPerSecond, *context.time_zone);
          return text;
        });
      },
      {.can_fail = true})(input);
}

}  // namespace

void add_datetime_text_functions(FunctionRegistry& registry) {
  const auto add = [&](std::string_view name, BindFunction bind, std::string_view usage,
                       std::vector<FunctionExample> examples, std::string_view since, std::size_t num_required = 0,
                       std::vector<std::pair<Value, DataType>> defaults = {}) {
    registry.add(ScalarFunction{
        .name = name,
        .bind = std::move(bind),
        .documentation = {.group = "datetime_funcs", .usage = usage, .examples = std::move(examples), .since = since},
        .num_required = num_required,
        .default_arguments = std::move(defaults)});
  };
  const std::pair<Value, DataType> pattern{Value(string(kDefaultPattern)), DataType::string()};
  add("date_format", bind_date_format,
      "date_format(timestamp, pattern) - Returns the text of a time by a pattern such as 'yyyy-MM-dd HH:mm'.",
      {{"SELECT date_format('2016-04-08', 'dd.MM.yyyy')", {"08.04.2016"}}}, "1.5.0");
  add("to_date", bind_to_date(false),
      "to_date(expr[, pattern]) - Returns the date that a text means, by a pattern or as a cast.",
      {{"SELECT to_date('2009-07-30 04:17:52')", {"2009-07-30"}},
       {"SELECT to_date('31.12.2016', 'dd.MM.yyyy')", {"2016-12-31"}}},
      "1.5.0");
  add("try_to_date", bind_to_date(true), "try_to_date(expr[, pattern]) - As to_date, but NULL for other texts.",
      {{"SELECT try_to_date('x')", {"NULL"}}}, "4.0.0");
  add("to_timestamp", bind_to_timestamp(TypeId::kTimestamp, false),
      "to_timestamp(expr[, pattern]) - Returns the timestamp that a text means, by a pattern or as a cast.",
      {{"SELECT to_timestamp('2016-12-31 00:12:00')", {"2016-12-31 00:12:00"}}}, "2.2.0");
  add("to_timestamp_ltz", bind_to_timestamp(TypeId::kTimestamp, false),
      "to_timestamp_ltz(expr[, pattern]) - Returns the timestamp with the session's zone that a text means.",
      {{"SELECT to_timestamp_ltz('2016-12-31', 'yyyy-MM-dd')", {"2016-12-31 00:00:00"}}}, "3.4.0");
  add("to_timestamp_ntz", bind_to_timestamp(TypeId::kTimestampNtz, false),
      "to_timestamp_ntz(expr[, pattern]) - Returns the timestamp without a zone that a text means.",
      {{"SELECT to_timestamp_ntz('2016-12-31', 'yyyy-MM-dd')", {"2016-12-31 00:00:00"}}}, "3.4.0");
  add("try_to_timestamp", bind_to_timestamp(TypeId::kTimestamp, true),
      "try_to_timestamp(expr[, pattern]) - As to_timestamp, but NULL for other texts.",
      {{"SELECT try_to_timestamp('foo', 'yyyy-MM-dd')", {"NULL"}}}, "3.5.0");
  add("unix_timestamp", bind_unix_timestamp(0),
      "unix_timestamp([expr[, pattern]]) - Returns the seconds since 1970-01-01 00:00:00 UTC of a time, or of now.",
      {{"SELECT unix_timestamp('1970-01-02', 'yyyy-MM-dd')", {"86400"}}}, "1.5.0");
  add("to_unix_timestamp", bind_unix_timestamp(1),
      "to_unix_timestamp(expr[, pattern]) - Returns the seconds since 1970-01-01 00:00:00 UTC of a time.",
      {{"SELECT to_unix_timestamp('1970-01-02', 'yyyy-MM-dd')", {"86400"}}}, "1.6.0", 1, {pattern});
  add("from_unixtime", bind_from_unixtime,
      "from_unixtime(seconds[, pattern]) - Returns the text of the time that many seconds after 1970-01-01 00:00:00 "
      "UTC.",
      {{"SELECT from_unixtime(0, 'yyyy-MM-dd HH:mm:ss')", {"1970-01-01 00:00:00"}}}, "1.5.0", 1, {pattern});
}

}  // namespace hammerscale::sql
